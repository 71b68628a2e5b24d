import { setTimeout as pause } from 'node:timers/promises';
import type { MysqlPair } from '@onsale/local-servers';
import type { Connection } from 'mysql2/promise';
import { z } from 'zod';
import { openAdmin } from '../mysql/open-admin.ts';

const count = z.tuple([z.object({ waiting: z.coerce.number() })]);
const lookEveryMs = 100;
const attempts = 5;

/**
 * Holds the rows that every sale and every charge wants, so that transactions pile up in the services' pools; gives how
 * many sessions waited for them at most.
 */
export async function lockRows(
  mysql: MysqlPair,
  { database, holdMs, signal }: { database: string; holdMs: number; signal: AbortSignal },
): Promise<number> {
  const outsider = await openAdmin(mysql, database);
  try {
    await lockAll(outsider);
    let most = 0;
    const deadline = performance.now() + holdMs;
    while (performance.now() < deadline && !signal.aborted) {
      await pause(lookEveryMs);
      const [rows] = await outsider.query(
        "SELECT COUNT(*) AS waiting FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'",
      );
      most = Math.max(most, count.parse(rows)[0].waiting);
    }
    await outsider.rollback();
    return most;
  } finally {
    outsider.destroy();
  }
}

/** In the order in which everybody takes them. A sale that is quicker can make this the victim of a dead-lock. */
async function lockAll(outsider: Connection): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await outsider.beginTransaction();
    try {
      await outsider.query('SELECT id FROM products ORDER BY id FOR UPDATE');
      await outsider.query('SELECT user_id FROM point_accounts ORDER BY user_id FOR UPDATE');
      return;
    } catch (error) {
      await outsider.rollback();
      if (attempt === attempts) throw error;
    }
  }
}
