import { describe, expect, test } from '@jest/globals';
import { type HandleOptions, handleUntilDone } from './handle-until-done.ts';

function options(more: Partial<HandleOptions> = {}): HandleOptions & { failures: unknown[] } {
  const failures: unknown[] = [];
  return {
    signal: new AbortController().signal,
    heartbeat: async () => undefined,
    random: () => 0,
    onFailure: (error) => failures.push(error),
    failures,
    ...more,
  };
}

describe('handling until done', () => {
  test('tries again after a failure, and tells of each', async () => {
    const given = options();
    let runs = 0;
    await handleUntilDone(async () => {
      runs += 1;
      if (runs < 3) throw new Error(`failure ${runs}`);
    }, given);
    expect(given.failures).toEqual([new Error('failure 1'), new Error('failure 2')]);
  });

  test('counts an attempt that takes too long as failed, and aborts it', async () => {
    const given = options({ attemptTimeoutMs: 20 });
    const signals: AbortSignal[] = [];
    await handleUntilDone((signal) => {
      signals.push(signal);
      return signals.length === 1 ? new Promise(() => undefined) : Promise.resolve();
    }, given);
    expect(given.failures).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('ends undone when the signal aborts, in an attempt or in a pause', async () => {
    const ending = new AbortController();
    const hanging = handleUntilDone(() => new Promise(() => undefined), options({ signal: ending.signal }));
    const pausing = handleUntilDone(() => Promise.reject(new Error('no')), options({ signal: ending.signal }));
    ending.abort();
    await expect(hanging).rejects.toThrow('aborted');
    await expect(pausing).rejects.toThrow('aborted');
  });

  test('ends undone with the heartbeat’s own error when the partition is lost', async () => {
    const lost = new Error('rebalancing');
    const given = options({ heartbeat: () => Promise.reject(lost) });
    await expect(handleUntilDone(() => Promise.reject(new Error('no')), given)).rejects.toBe(lost);
  });
});
