import type { LocalServer, MysqlPair } from '@onsale/local-servers';
import type { Stage } from '../../campaign/stage.ts';

/** The pair of the platform. */
export function mysqlOf({ platform }: Pick<Stage, 'platform'>): MysqlPair & { readonly replica: LocalServer } {
  const { mysql } = platform.servers;
  if (mysql?.replica === undefined) throw new Error('the platform has no MySQL pair');
  return { ...mysql, replica: mysql.replica };
}
