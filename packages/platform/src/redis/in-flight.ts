import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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
  /** How long a mark outlives a process that died with it; a living one extends it. 5 s unless given. */
  readonly ttlMs?: number;
}

const endScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

const extendScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`;

const keyOf = (identity: string) => `in-flight:${identity}`;

/** Marks of the requests that are being worked on, so that their repeats elsewhere are told to wait. */
export function createInFlight({ redis, ttlMs = 5_000 }: InFlightOptions): InFlight {
  const owner = randomUUID();
  const coolDown = createCoolDown();
  const held = new Set<string>();
  let extending = false;

  // A mark that cannot be extended, or taken back, runs out.
  const sendAll = (marks: ReturnType<Redis['pipeline']>) =>
    coolDown.run(() => pipelineAnswers(marks)).catch(() => undefined);

  /** Extends what is held, for as long as anything is; never rejects. */
  const extendHeld = async (): Promise<void> => {
    if (extending) return;
    extending = true;
    while (held.size > 0) {
      await pause(ttlMs / 3, undefined, { ref: false });
      const marks = redis.pipeline();
      for (const identity of held) marks.eval(extendScript, 1, keyOf(identity), owner, ttlMs);
      if (marks.length > 0) await sendAll(marks);
    }
    extending = false;
  };

  return {
    async begin(identities) {
      const ours = new Set(identities);
      if (ours.size === 0) return ours;
      const marks = redis.pipeline();
      for (const identity of ours) marks.set(keyOf(identity), owner, 'PX', ttlMs, 'NX');
      const answers = await sendAll(marks);
      if (answers === undefined) return ours;
      const marked = new Set([...ours].filter((_, index) => answers[index] === 'OK'));
      for (const identity of marked) held.add(identity);
      void extendHeld();
      return marked;
    },
    async end(identities) {
      const marks = redis.pipeline();
      for (const identity of identities) {
        held.delete(identity);
        marks.eval(endScript, 1, keyOf(identity), owner);
      }
      if (marks.length > 0) await sendAll(marks);
    },
  };
}
