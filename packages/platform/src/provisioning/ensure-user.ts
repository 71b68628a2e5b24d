import type { DatabaseUser, ProvisionTarget } from './provision-target.ts';

/** Creates the user when there is none; one that exists is mended where the target can tell what is wrong with it. */
export async function ensureUser(target: ProvisionTarget, user: string): Promise<DatabaseUser> {
  const { accountHost, requireTls } = target;
  const account = { user, password: target.passwordOf(user) };
  const tls = requireTls ? 'REQUIRE SSL' : 'REQUIRE NONE';
  await target.query(`CREATE USER IF NOT EXISTS ?@? IDENTIFIED BY ? ${tls}`, [user, accountHost, account.password]);
  if (target.logsIn === undefined) return account;
  // First, for the login below comes as the services will.
  const [found] = await target.query('SELECT ssl_type AS type FROM mysql.user WHERE user = ? AND host = ?', [
    user,
    accountHost,
  ]);
  if (Boolean(found?.type) !== requireTls) await target.query(`ALTER USER ?@? ${tls}`, [user, accountHost]);
  if (await target.logsIn(account)) return account;
  // Whoever runs with the password before goes on until it has been told the new one.
  await target.query('ALTER USER ?@? IDENTIFIED BY ? RETAIN CURRENT PASSWORD', [user, accountHost, account.password]);
  target.passwordChanged?.(user);
  return account;
}
