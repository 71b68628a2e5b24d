/** Where a service keeps the migrations of its own tables. */
export interface Migrations {
  /** Prefix of the recorded names, since several services may share a schema. */
  readonly owner: string;
  /** Folder of `0001-name.ts` files, each exporting `up(sql)`. */
  readonly directory: URL;
}

/** Runs one statement of a migration. */
export type RunSql = (statement: string) => Promise<void>;
