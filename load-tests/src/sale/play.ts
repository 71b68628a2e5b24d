import { SCARCE } from '../scenario/scarce.ts';
import type { Scenario, Step } from '../scenario/scenario.ts';
import { type Attempt, askUntilTold } from './ask-until-told.ts';
import type { Buyer } from './buyer.ts';
import type { Ask, Client } from './client.ts';
import type { LogLine } from './log-line.ts';
import type { Heard } from './outcome.ts';
import { placedOrderId } from './placed-order-id.ts';
import type { Attempted } from './tally.ts';

export interface Play {
  readonly scenario: Scenario;
  readonly client: Client;
  /** Makes this run's keys its own. */
  readonly run: string;
  readonly scarceId: string;
  /** How many times faster than it was written the scenario is played. */
  readonly speed: number;
  /** Who the buyer of this number is; undefined when another player plays that one's steps. */
  readonly buyerOf: (buyer: number) => Buyer | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly random: () => number;
  /** Told of every attempt, with its line for the clients' log. */
  readonly attempted: (attempted: Attempted, attempt: Attempt, line: LogLine) => void;
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

/** Plays every step of its buyers when it is due, whatever became of the others, and waits until all have come to their end. */
export async function play(options: Play): Promise<Played> {
  const { scenario, client, run, now, random } = options;
  const startMs = now();
  const startedAt = Date.now();
  const ends = new Map<number, Promise<Heard | undefined>>();

  function listen(step: Step, key: string, userId: string, body: object) {
    return (heard: Heard, attempt: Attempt) => {
      const { retryAfterMs: _, ...told } = heard;
      const latencyMs = Math.round((attempt.doneMs - attempt.dueMs) * 1000) / 1000;
      const at = new Date(startedAt + attempt.dueMs - startMs).toISOString();
      const { kind, buyer } = step;
      const line = { at, buyer, userId, kind, key, body, attempt: attempt.number, ...told, latencyMs };
      options.attempted({ ...heard, kind, key, latencyMs }, attempt, line);
    };
  }

  async function playStep(step: Step, number: number, { userId, token }: Buyer): Promise<Heard | undefined> {
    const orderId = step.kind === 'cancel' ? placedOrderId(await ends.get(step.order)) : undefined;
    // What was never placed is not taken back.
    if (step.kind === 'cancel' && orderId === undefined) return undefined;
    const key = `${run}-${number}`;
    const { path, body = {} } = askOf(step, userId, options, orderId);
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
    const buyer = options.buyerOf(step.buyer);
    if (buyer) ends.set(number, playStep(step, number, buyer).finally(options.stepDone));
  });
  const told = await Promise.all(ends.values());
  return { unresolved: told.filter((heard) => heard?.outcome === 'unknown').length, durationMs: now() - startMs };
}
