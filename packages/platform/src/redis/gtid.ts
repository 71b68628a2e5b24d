/** One commit, by the server that it was made on and its number there. */
export interface Commit {
  readonly source: string;
  readonly number: number;
}

/** Undefined for what is no single GTID. */
export function parseGtid(gtid: string): Commit | undefined {
  const [, source, number] = /^([0-9A-Fa-f-]{36}):(\d{1,15})$/.exec(gtid) ?? [];
  return source === undefined ? undefined : { source: source.toLowerCase(), number: Number(number) };
}
