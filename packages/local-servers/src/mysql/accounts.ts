import type { PasswordOf } from './passwords.ts';

export const adminUser = 'onsale_admin';
export const replicationUser = 'onsale_replication';
/** The servers resolve no names, so an account is bound to the loopback address. */
export const accountHost = '127.0.0.1';

/**
 * What a server does before it takes connections, one statement a line: the same accounts on both servers, outside the
 * binary log. The account without a password that initialisation leaves is locked.
 */
export function initStatements(passwordOf: PasswordOf): string {
  const account = (user: string) => `'${user}'@'${accountHost}'`;
  const create = (user: string) =>
    `CREATE USER IF NOT EXISTS ${account(user)} IDENTIFIED BY '${passwordOf(user)}' REQUIRE SSL;`;
  return [
    'SET SESSION sql_log_bin = 0;',
    'SET GLOBAL super_read_only = OFF;',
    create(adminUser),
    `GRANT ALL ON *.* TO ${account(adminUser)} WITH GRANT OPTION;`,
    create(replicationUser),
    `GRANT REPLICATION SLAVE ON *.* TO ${account(replicationUser)};`,
    `ALTER USER 'root'@'localhost' ACCOUNT LOCK;`,
    'SET GLOBAL super_read_only = ON;',
    '',
  ].join('\n');
}
