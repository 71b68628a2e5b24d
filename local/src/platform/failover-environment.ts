import type { MysqlPair } from '@onsale/local-servers';
import type { Backing, Environment } from './topology.ts';

/** What the command that moves the primary is told: both servers, who may change their roles, and where they stand. */
export function failoverEnvironment(
  mysql: Pick<MysqlPair, 'primary' | 'replica' | 'primaryFile' | 'admin' | 'caFile'>,
  { redisPort }: Pick<Backing, 'redisPort'>,
): Environment {
  const servers = [mysql.primary, mysql.replica].filter((server) => server !== undefined);
  return {
    FAILOVER_SERVERS: servers.map(({ name, host, port }) => `${name}=${host}:${port}`).join(','),
    FAILOVER_PRIMARY_FILE: mysql.primaryFile,
    FAILOVER_MYSQL_USER: mysql.admin.user,
    FAILOVER_MYSQL_PASSWORD: mysql.admin.password,
    FAILOVER_MYSQL_CA_FILE: mysql.caFile,
    REDIS_LOCK_URL: `redis://127.0.0.1:${redisPort}`,
  };
}
