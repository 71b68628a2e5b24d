export interface DatabaseUser {
  readonly user: string;
  readonly password: string;
}

/** The primary that schemas and users are made on, and how its users are to be. */
export interface ProvisionTarget {
  /** One statement as somebody who may create schemas and users. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** From where the users may come; `%` from anywhere. */
  readonly accountHost: string;
  /** Whether the users are let in over TLS alone. */
  readonly requireTls: boolean;
  passwordOf(user: string): string;
  /** Whether the server lets them in. Without it, users that exist stay as they are. */
  logsIn?(user: DatabaseUser): Promise<boolean>;
  /** Told of each user whose password was changed. */
  passwordChanged?(user: string): void;
}
