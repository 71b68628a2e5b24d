import { describe, expect, test } from '@jest/globals';
import { createPauses } from './lead-job-pauses.ts';

async function pausesOf(random: number, lasts: readonly { failed: boolean; afterMs: number }[]): Promise<number[]> {
  const waited: number[] = [];
  const pauses = createPauses(
    () => random,
    async (ms) => void waited.push(ms),
  );
  for (const last of lasts) await pauses.next(last, AbortSignal.timeout(60_000));
  return waited;
}

const failed = { failed: true, afterMs: 10 };

describe('the pause before the next election', () => {
  test('doubles with each failure in a row, up to ten seconds', async () => {
    expect(await pausesOf(1, Array(7).fill(failed))).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  test('is half random', async () => {
    expect(await pausesOf(0, [failed, failed])).toEqual([250, 500]);
  });

  test('is short again after a long lead, and after work that returned', async () => {
    const longLed = { failed: true, afterMs: 60_000 };
    const returned = { failed: false, afterMs: 10 };
    expect(await pausesOf(1, [failed, failed, longLed, failed])).toEqual([500, 1000, 500, 1000]);
    expect(await pausesOf(1, [failed, failed, returned, failed])).toEqual([500, 1000, 500, 500]);
  });

  test('ends when the signal aborts', async () => {
    const stopped = new AbortController();
    const pause = createPauses(() => 1).next(failed, stopped.signal);
    stopped.abort();
    await expect(pause).resolves.toBeUndefined();
  });
});
