import { delay } from '../sale/delay.ts';
import { SaleError } from '../sale/sale-error.ts';
import { refusedWith } from './needed.ts';

const pauseMs = 1_000;
const patienceMs = 60_000;

/** Looks again while the API server cannot be reached, up to a minute; what it refuses is final. */
export async function patiently<T>(look: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      const status = refusedWith(error);
      const final = error instanceof SaleError || (status !== undefined && status < 500 && status !== 429);
      if (final || signal.aborted || performance.now() > until) throw error;
      await delay(pauseMs);
    }
  }
}
