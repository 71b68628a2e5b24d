import { setTimeout as pause } from 'node:timers/promises';
import { type LiveRanking, readRanking } from '../outside/read-ranking.ts';
import { compareRanking, type Sold } from '../ranking/compare-ranking.ts';
import type { BrokenRow } from '../report/audit-report.ts';
import type { Reader } from '../snapshot/connect.ts';
import type { Check } from './check.ts';
import { NAMED_ROWS } from './find-broken.ts';
import { seoulDay } from './seoul-day.ts';

const LOOK_EVERY_MS = 250;

const today = `
  SELECT CAST(${seoulDay('UTC_TIMESTAMP(6)')} AS CHAR) AS day, t.product_id AS productId, t.quantity_sold AS quantitySold, t.version
    FROM (SELECT 1) AS one LEFT JOIN product_statistics t ON t.day = ${seoulDay('UTC_TIMESTAMP(6)')}`;

async function readToday(commerceNow: Pick<Reader, 'rows'>): Promise<{ day: string; table: Sold[] }> {
  const rows = await commerceNow.rows(today);
  const table = rows.flatMap(({ productId, quantitySold, version }) =>
    productId === null
      ? []
      : [{ productId: String(productId), quantitySold: Number(quantitySold), version: String(version) }],
  );
  return { day: String(rows[0]?.day), table };
}

interface Looked {
  readonly ranking: LiveRanking;
  readonly table: readonly Sold[];
  readonly broken: readonly BrokenRow[];
}

export const ranking: Check = {
  name: 'ranking',
  promise: "At rest, today's live ranking is whole and says of each product what the statistics say.",
  needs: ['rest', 'redis'],
  run: async ({ commerceNow, redis, mendMs }) => {
    if (redis === undefined) throw new TypeError('a Redis is needed');
    const look = async (): Promise<Looked> => {
      // The table as it is now, and first: the ranking follows it, and is read by no snapshot.
      const { day, table } = await readToday(commerceNow);
      const ranked = await readRanking(redis, day);
      return { table, ranking: ranked, broken: compareRanking(table, ranked) };
    };
    const startedAt = performance.now();
    let looked = await look();
    // It is set after a commit, made anew within seconds when it is lost, and mended when it is compared.
    while (looked.broken.length > 0 && performance.now() - startedAt < mendMs) {
      await pause(LOOK_EVERY_MS);
      looked = await look();
    }
    return {
      counted: { 'products sold today': looked.table.length, 'in the ranking': looked.ranking.scores.size },
      total: looked.broken.length,
      rows: looked.broken.slice(0, NAMED_ROWS),
    };
  },
};
