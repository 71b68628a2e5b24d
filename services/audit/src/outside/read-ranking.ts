import { openRedis, redisReady } from '@onsale/platform/redis';
import { createLogger } from '@onsale/platform/telemetry';
import { z } from 'zod';
import { failureOf } from '../snapshot/failure-of.ts';
import type { RedisAccess } from './redis-access.ts';

/** A day's live ranking as Redis holds it. */
export interface LiveRanking {
  /** Whether it is complete; readers pass it over when it is not, and use the table. */
  readonly whole: boolean;
  /** By product, less than zero: the most sold come first. */
  readonly scores: ReadonlyMap<string, number>;
  /** By product, of the table's row that the score is from. */
  readonly versions: ReadonlyMap<string, string>;
}

const CONNECT_TIMEOUT_MS = 5_000;

const answers = z.tuple([
  z.tuple([z.null(), z.array(z.string())]),
  z.tuple([z.null(), z.record(z.string(), z.string())]),
]);

type Redis = ReturnType<typeof openRedis>;

async function readBoth(redis: Redis, day: string): Promise<LiveRanking> {
  const key = (part: string) => `bestsellers:{${day}}:${part}`;
  const read = redis.multi().zrange(key('ranking'), 0, '-1', 'WITHSCORES').hgetall(key('versions'));
  const [[, members], [, { whole, counted, rebuilding: _, ...versions }]] = answers.parse(await read.exec());
  const scores = members.flatMap((member, index): [string, number][] =>
    index % 2 === 0 ? [[member, Number(members[index + 1])]] : [],
  );
  return {
    // A set that was evicted behind the back of its versions has fewer members than were counted.
    whole: whole !== undefined && Number(counted) === scores.length,
    scores: new Map(scores),
    versions: new Map(Object.entries(versions)),
  };
}

/** The ranking of a day (YYYY-MM-DD). @throws AuditError when Redis does not answer */
export async function readRanking({ cacheUrl, password, caFile }: RedisAccess, day: string): Promise<LiveRanking> {
  let redis: Redis | undefined;
  try {
    const log = createLogger({ name: 'audit', level: 'silent' });
    redis = openRedis({ url: cacheUrl, password, name: 'audit', log, caFile });
    const ready = await redisReady(redis, CONNECT_TIMEOUT_MS);
    if (!ready) throw new Error(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`);
    return await readBoth(redis, day);
  } catch (error) {
    throw failureOf('Redis did not answer', error);
  } finally {
    redis?.disconnect();
  }
}
