import { z } from 'zod';
import { type Latencies, latencies, type Percentiles } from './latencies.ts';
import type { LogLine } from './log-line.ts';
import { type Heard, isFault } from './outcome.ts';

/** What is counted of one attempt. */
export interface Attempted extends Heard {
  readonly kind: LogLine['kind'];
  readonly key: string;
  readonly latencyMs: number;
}

export interface TallyResult {
  /** Attempts by kind, status and code. */
  readonly attempts: ReadonlyMap<string, number>;
  readonly latencies: readonly [string, Percentiles][];
  readonly ok: number;
  readonly refused: number;
  readonly unknown: number;
  readonly replayed: number;
  /** Answers with a 5xx that the platform did not mean. */
  readonly faults: number;
  /** Keys that were given two different effects. */
  readonly doubleEffects: readonly string[];
  /** Pieces of the scarce product in distinct orders that were answered with 2xx. */
  readonly scarceSold: number;
}

export interface Tally {
  add(attempted: Attempted): void;
  result(): TallyResult;
}

const effect = z.union([
  z.object({ id: z.string(), items: z.array(z.object({ productId: z.string(), quantity: z.int() })) }),
  z.object({ entryId: z.string() }).transform(({ entryId }) => ({ id: entryId, items: [] })),
]);

/** Counts what the clients heard, and what by itself breaks a promise. */
export function tally(scarceId: string): Tally {
  const counts = { ok: 0, refused: 0, unknown: 0, replayed: 0, faults: 0 };
  const attempts = new Map<string, number>();
  const spread: Latencies = latencies();
  const effects = new Map<string, string>();
  const doubleEffects = new Set<string>();
  const scarce = new Map<string, number>();

  function addEffect({ kind, key, response }: Attempted): void {
    const made = effect.safeParse(response).data;
    if (!made) return;
    const identity = `${kind} ${key}`;
    if ((effects.get(identity) ?? made.id) !== made.id) doubleEffects.add(identity);
    effects.set(identity, made.id);
    const pieces = made.items.filter(({ productId }) => productId === scarceId);
    if (kind === 'order' && pieces.length > 0) {
      scarce.set(
        made.id,
        pieces.reduce((sum, { quantity }) => sum + quantity, 0),
      );
    }
  }

  return {
    add(attempted) {
      const { kind, outcome, status = 'no answer', code = '', latencyMs } = attempted;
      counts[outcome]++;
      if (attempted.replayed) counts.replayed++;
      if (isFault(attempted)) counts.faults++;
      const label = `${kind} ${status}${attempted.replayed ? ' replayed' : ''} ${code}`.trim();
      attempts.set(label, (attempts.get(label) ?? 0) + 1);
      spread.record(`${kind} ${outcome}`, latencyMs);
      if (outcome === 'ok') addEffect(attempted);
    },
    result: () => ({
      ...counts,
      attempts,
      latencies: spread.all(),
      doubleEffects: [...doubleEffects],
      scarceSold: [...scarce.values()].reduce((sum, pieces) => sum + pieces, 0),
    }),
  };
}
