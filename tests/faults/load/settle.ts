import { setTimeout as pause } from 'node:timers/promises';
import { type Asker, ask } from './ask.ts';
import type { History } from './history.ts';
import { isOpen, type KeyRecord } from './key-record.ts';

export interface Settle extends Asker {
  readonly history: Pick<History, 'heard' | 'keys'>;
  /** What is still being asked when settling begins. */
  readonly asking: Promise<unknown>;
  /** Ends all asking: its signal is the asker's. */
  readonly givingUp: AbortController;
  /** When asking on is given up, on the clock of `now`. */
  readonly untilMs: number;
}

/** The keys of which it is not known what became of them. */
export function openKeys({ keys }: Pick<History, 'keys'>): KeyRecord[] {
  return [...keys.values()].filter(isOpen);
}

/**
 * Asks again under every key that is open, on and on, until each is told or the time is up; gives those that are open then.
 * Nobody asks any more afterwards, and what was asked is in the history: the effect of a request that is not would be
 * nobody's.
 */
export async function settle(settling: Settle): Promise<KeyRecord[]> {
  const { history, asking, untilMs, now, givingUp } = settling;
  const lastMoment = pause(Math.max(0, untilMs - now()), undefined, { signal: givingUp.signal }).catch(() => undefined);
  const askOn = async () => {
    await asking;
    for (let open = openKeys(history); open.length > 0 && now() < untilMs; open = openKeys(history)) {
      await Promise.all(open.map(({ request }) => ask(settling, request)));
    }
  };
  const asked = askOn();
  await Promise.race([asked, lastMoment]);
  givingUp.abort();
  await asked;
  return openKeys(history);
}
