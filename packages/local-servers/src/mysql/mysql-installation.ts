/** A MySQL server program and how it is run. */
export interface MysqlInstallation {
  version: string;
  command: string;
  /** What stands before the server's own options. */
  leading: readonly string[];
  /** Options that tell the server where its own files are. */
  layout: readonly string[];
}

/** The version in the answer to `mysqld --version`; undefined for MariaDB and for MySQL before 8.0. */
export function supportedVersion(answer: string): string | undefined {
  if (/mariadb/i.test(answer)) return undefined;
  const version = /Ver (\d+\.\d+\.\d+)/.exec(answer)?.[1];
  return version && Number.parseInt(version, 10) >= 8 ? version : undefined;
}
