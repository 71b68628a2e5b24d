import type { MysqlPair } from '@onsale/local-servers';
import type { Connection } from 'mysql2/promise';
import { z } from 'zod';
import { hold } from '../hold.ts';
import { openAdmin } from '../mysql/open-admin.ts';

const sessions = z.array(z.object({ Id: z.number(), User: z.string() }));
const status = z.tuple([z.object({ Value: z.coerce.number() })]);
const limit = z.tuple([z.object({ most: z.number() })]);

/** Fewer than the services want. */
const fewConnections = 10;

/** What was ended, and who was told "too many connections". */
export interface Refusals {
  readonly ended: number;
  readonly refused: number;
}

/** Ends the services' connections to the primary, which lets in only a few of those who come again. */
export async function refuseConnections(
  mysql: MysqlPair,
  { database, holdMs, signal }: { database: string; holdMs: number; signal: AbortSignal },
): Promise<Refusals> {
  const admin = await openAdmin(mysql, database);
  try {
    const [[{ most }], before] = [
      limit.parse(await rows(admin, 'SELECT @@GLOBAL.max_connections AS most')),
      await refusals(admin),
    ];
    await admin.query('SET GLOBAL max_connections = ?', [fewConnections]);
    try {
      const ended = await endSessions(admin);
      await hold(holdMs, signal);
      return { ended, refused: (await refusals(admin)) - before };
    } finally {
      await admin.query('SET GLOBAL max_connections = ?', [most]);
    }
  } finally {
    admin.destroy();
  }
}

async function rows(admin: Connection, sql: string): Promise<unknown> {
  const [found] = await admin.query(sql);
  return found;
}

const refusals = async (admin: Connection): Promise<number> =>
  status.parse(await rows(admin, "SHOW GLOBAL STATUS LIKE 'Connection_errors_max_connections'"))[0].Value;

/** Ends those of the services; one that has ended by itself meanwhile does not count. */
async function endSessions(admin: Connection): Promise<number> {
  const services = sessions.parse(await rows(admin, 'SHOW PROCESSLIST')).filter(({ User }) => User.endsWith('_app'));
  const ended = await Promise.allSettled(services.map(({ Id }) => admin.query('KILL ?', [Id])));
  return ended.filter((one) => one.status === 'fulfilled').length;
}
