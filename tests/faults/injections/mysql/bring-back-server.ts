import type { MysqlPair } from '@onsale/local-servers';
import { bringBack } from '../heal.ts';
import type { mysqlOf } from './mysql-of.ts';
import { untilReplicating } from './until-replicating.ts';

/** Starts a server of the pair again; resolves when the replica has all that the primary has. */
export async function bringBackServer(
  mysql: ReturnType<typeof mysqlOf>,
  role: keyof Pick<MysqlPair, 'primary' | 'replica'>,
): Promise<void> {
  await bringBack(mysql[role]);
  await untilReplicating(mysql);
}
