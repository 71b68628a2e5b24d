import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { createCoolDown } from './cool-down.ts';
import { pipelineAnswers } from './pipeline-answers.ts';

export interface InFlight {
  /** Marks the requests as running here; answers those that are now ours. Redis away: all are, since rows decide. */
  begin(identities: readonly string[]): Promise<Set<string>>;
  /** Takes back the marks that are still ours. */
  end(identities: Iterable<string>): Promise<void>;
}

export interface InFlightOptions {
  readonly redis: Redis;
  /** How long a mark outlives a process that died with it; longer than any request takes. */
  readonly ttlMs?: number;
}

const endScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

const keyOf = (identity: string) => `in-flight:${identity}`;

/** Marks of the requests that are being worked on, so that their repeats elsewhere are told to wait. */
export function createInFlight({ redis, ttlMs = 15_000 }: InFlightOptions): InFlight {
  const owner = randomUUID();
  const coolDown = createCoolDown();
  return {
    async begin(identities) {
      const ours = new Set(identities);
      if (ours.size === 0) return ours;
      const marks = redis.pipeline();
      for (const identity of ours) marks.set(keyOf(identity), owner, 'PX', ttlMs, 'NX');
      const answers = await coolDown.run(() => pipelineAnswers(marks)).catch(() => undefined);
      if (answers === undefined) return ours;
      return new Set([...ours].filter((_, index) => answers[index] === 'OK'));
    },
    async end(identities) {
      const marks = redis.pipeline();
      for (const identity of identities) marks.eval(endScript, 1, keyOf(identity), owner);
      if (marks.length === 0) return;
      // A mark that cannot be taken back runs out.
      await coolDown.run(() => pipelineAnswers(marks)).catch(() => undefined);
    },
  };
}
