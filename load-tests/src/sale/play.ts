import { seedUser } from '@onsale/local';
import { SCARCE, type Scenario, type Step } from '../scenario/scenario.ts';
import { type Attempt, askUntilTold } from './ask-until-told.ts';
import type { Ask, Client } from './client.ts';
import type { ClientLog } from './client-log.ts';
import type { Heard } from './outcome.ts';
import { placedOrderId } from './placed-order-id.ts';
import type { Attempted } from './tally.ts';

export interface Play {
  readonly scenario: Scenario;
  readonly client: Client;
  readonly log: ClientLog;
  /** Makes this run's keys its own. */
  readonly run: string;
  readonly scarceId: string;
  /** How many times faster than it was written the scenario is played. */
  readonly speed: number;
  readonly tokenOf: (buyer: number) => string;
  readonly random: () => number;
  readonly attempted: (attempted: Attempted, attempt: Attempt) => void;
  /** Told when a step has come to its end. */
  readonly stepDone: () => void;
}

export interface Played {
  /** Steps of which it is not known whether they had their effect. */
  readonly unresolved: number;
  readonly durationMs: number;
}

function askOf(
  step: Step,
  userId: string,
  { scarceId }: Play,
  orderId: string | undefined,
): Pick<Ask, 'path' | 'body'> {
  switch (step.kind) {
    case 'charge':
      return { path: '/api/balance/charge', body: { userId, amount: step.amount } };
    case 'order': {
      const items = step.items.map(([product, quantity]) => ({
        productId: product === SCARCE ? scarceId : product,
        quantity,
      }));
      return { path: '/api/orders', body: { userId, items } };
    }
    case 'cancel':
      return { path: `/api/orders/${orderId}/cancel`, body: {} };
  }
}

/** Plays every step when it is due, whatever became of the others, and waits until all have come to their end. */
export async function play(options: Play): Promise<Played> {
  const { scenario, client, log, run, random } = options;
  const now = () => performance.now();
  const startMs = now();
  const startedAt = Date.now();
  const ends = new Map<number, Promise<Heard | undefined>>();

  function listen(step: Step, key: string, userId: string, body: object) {
    return (heard: Heard, attempt: Attempt) => {
      const { retryAfterMs: _, ...told } = heard;
      const latencyMs = Math.round((attempt.doneMs - attempt.dueMs) * 1000) / 1000;
      const at = new Date(startedAt + attempt.dueMs - startMs).toISOString();
      const { kind, buyer } = step;
      log.write({ at, buyer, userId, kind, key, body, attempt: attempt.number, ...told, latencyMs });
      options.attempted({ ...heard, kind, key, latencyMs }, attempt);
    };
  }

  async function playStep(step: Step, number: number): Promise<Heard | undefined> {
    const orderId = step.kind === 'cancel' ? placedOrderId(await ends.get(step.order)) : undefined;
    // What was never placed is not taken back.
    if (step.kind === 'cancel' && orderId === undefined) return undefined;
    const userId = seedUser(step.buyer).id;
    const key = `${run}-${number}`;
    const { path, body = {} } = askOf(step, userId, options, orderId);
    const token = options.tokenOf(step.buyer);
    const ask = (dueMs: number, hangUpAfterMs?: number) =>
      askUntilTold({
        client,
        ask: { method: 'POST', path, token, key, body, ...(hangUpAfterMs !== undefined && { hangUpAfterMs }) },
        dueMs,
        now,
        random,
        heard: listen(step, key, userId, body),
      });
    const dueMs = Math.max(startMs + step.at / options.speed, step.kind === 'cancel' ? now() : 0);
    const again = step.againAfterMs === undefined ? [] : [ask(dueMs + step.againAfterMs)];
    const told = await Promise.all([ask(dueMs, step.hangUpAfterMs), ...again]);
    return told.find(({ outcome }) => outcome === 'ok') ?? told.find(({ outcome }) => outcome === 'unknown') ?? told[0];
  }

  scenario.steps.forEach((step, number) => {
    ends.set(number, playStep(step, number).finally(options.stepDone));
  });
  const told = await Promise.all(ends.values());
  return { unresolved: told.filter((heard) => heard?.outcome === 'unknown').length, durationMs: now() - startMs };
}
