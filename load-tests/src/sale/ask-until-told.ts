import type { Ask, Client } from './client.ts';
import { delay } from './delay.ts';
import { type Heard, hear, isPassing } from './outcome.ts';

export interface Attempt {
  readonly number: number;
  /** When it was due, on the clock of `now`. */
  readonly dueMs: number;
  readonly sentMs: number;
  readonly doneMs: number;
}

export interface AskUntilTold {
  readonly client: Client;
  readonly ask: Ask;
  /** When the first attempt is due. */
  readonly dueMs: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly random: () => number;
  readonly heard: (heard: Heard, attempt: Attempt) => void;
  /** Whether nobody may ask any more: what is under way is heard, and no attempt follows. */
  readonly over?: () => boolean;
}

const passingAttempts = 4;
const unknownAttempts = 12;
const firstWaitMs = 400;
const longestWaitMs = 4_000;

const lookEveryMs = 1_000;

async function waitUntil(dueMs: number, { now, over }: Pick<AskUntilTold, 'now' | 'over'>): Promise<void> {
  for (let left = dueMs - now(); left > 0 && !over?.(); left = dueMs - now()) {
    await delay(over ? Math.min(left, lookEveryMs) : left);
  }
}

async function tryOnce(client: Client, ask: Ask): Promise<Heard> {
  try {
    return hear(await client.send(ask));
  } catch {
    // Whatever broke on the way: the request may have arrived.
    return { outcome: 'unknown' };
  }
}

/**
 * Asks, as an honest client does, under one key until it is told what became of it: again after a refusal that passes, a few
 * times, and again after an answer that was lost, longer. Once an answer was lost, a refusal that passes tells nothing: the
 * effect may be there, so it is asked on, and `unknown` is what is left in the end.
 */
export async function askUntilTold(options: AskUntilTold): Promise<Heard> {
  const { client, ask, now, random, over } = options;
  let dueMs = options.dueMs;
  let lost = false;
  let told: Heard = { outcome: 'unknown' };
  for (let number = 1; ; number++) {
    await waitUntil(dueMs, options);
    if (over?.()) break;
    const sentMs = now();
    // Who hung up once waits for the answer the next time.
    const { hangUpAfterMs: _, ...patient } = ask;
    const heard = await tryOnce(client, number === 1 ? ask : patient);
    told = heard;
    options.heard(heard, { number, dueMs, sentMs, doneMs: now() });
    lost ||= heard.outcome === 'unknown';
    const open = heard.outcome === 'unknown' || isPassing(heard);
    if (!open) return heard;
    if (number >= (lost ? unknownAttempts : passingAttempts)) break;
    const backOff = Math.min(longestWaitMs, firstWaitMs * 2 ** (number - 1));
    dueMs = now() + Math.max(heard.retryAfterMs ?? 0, backOff) * (1 + random() / 2);
  }
  return lost ? { ...told, outcome: 'unknown' } : told;
}
