import type { Redis } from 'ioredis';
import { createCoolDown } from './cool-down.ts';
import { pipelineAnswers } from './pipeline-answers.ts';

export interface RecentWrites {
  /** Notes for 30 s that these users' last writes are in this GTID; without a GTID nothing is noted. */
  remember(userIds: readonly string[], gtid: string | undefined): Promise<void>;
  /** `known` is false when Redis cannot say, and the user's own writes must be looked for on the primary. */
  gtidOf(userId: string): Promise<{ readonly gtid?: string; readonly known: boolean }>;
}

export interface RecentWritesOptions {
  readonly redis: Redis;
  /** Milliseconds of any steady clock. */
  readonly now?: () => number;
}

/** Longer than a replica is allowed to be behind. */
const keptMs = 30_000;

/** Two commits of one user may be noted in either order; within one source the higher number stays. */
const rememberScript = `
local noted = redis.call('GET', KEYS[1])
if noted then
  local source, number = string.match(noted, '^(.+):(%d+)$')
  local newSource, newNumber = string.match(ARGV[1], '^(.+):(%d+)$')
  if source and source == newSource and tonumber(number) >= tonumber(newNumber) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    return 0
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

const keyOf = (userId: string) => `recent-write:${userId}`;

/** What each user wrote last, so that they read it wherever they read. */
export function createRecentWrites(options: RecentWritesOptions): RecentWrites {
  const { redis, now = () => performance.now() } = options;
  const coolDown = createCoolDown({ now });
  // After a note was lost, or Redis came back and may have lost them all, silence does not mean "no write".
  let doubtUntil = 0;
  let wasReady = redis.status === 'ready';
  redis.on('ready', () => {
    if (wasReady) doubtUntil = now() + keptMs;
    wasReady = true;
  });
  return {
    async remember(userIds, gtid) {
      if (gtid === undefined || userIds.length === 0) return;
      const notes = redis.pipeline();
      for (const userId of new Set(userIds)) notes.eval(rememberScript, 1, keyOf(userId), gtid, keptMs);
      try {
        await coolDown.run(() => pipelineAnswers(notes));
      } catch {
        doubtUntil = now() + keptMs;
      }
    },
    async gtidOf(userId) {
      try {
        const gtid = await coolDown.run(() => redis.get(keyOf(userId)));
        if (gtid !== null) return { gtid, known: true };
        return { known: now() >= doubtUntil };
      } catch {
        return { known: false };
      }
    },
  };
}
