import { setTimeout as pause } from 'node:timers/promises';

/** What came of a phase of steady load. */
export interface PhaseResult {
  /** Milliseconds from when each request was due to its answer, ascending. */
  readonly latencies: readonly number[];
  /** How many were not answered well, by why. */
  readonly failures: ReadonlyMap<string, number>;
}

/**
 * Sends at a steady rate, whatever becomes of what was sent before: a request that comes late because others were slow
 * is counted from when it was due. `send` answers why it failed, if it did. Answers when all have been answered.
 */
export async function steadyLoad(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  send: () => Promise<string | undefined>,
): Promise<PhaseResult> {
  const began = performance.now();
  const latencies: number[] = [];
  const failures = new Map<string, number>();
  const one = async (due: number): Promise<void> => {
    const failure = await send();
    if (failure === undefined) latencies.push(performance.now() - due);
    else failures.set(failure, (failures.get(failure) ?? 0) + 1);
  };
  const all: Promise<void>[] = [];
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const due = began + (count * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    all.push(one(due));
  }
  await Promise.all(all);
  return { latencies: latencies.sort((a, b) => a - b), failures };
}

/** The value below which such a share of the ascending numbers lies. */
export const quantile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
