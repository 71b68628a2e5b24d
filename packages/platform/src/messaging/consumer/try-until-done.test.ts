import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../../domain-error.ts';
import { type TryOptions, tryUntilDone } from './try-until-done.ts';

interface Given extends TryOptions {
  readonly failures: unknown[];
  readonly givenUp: unknown[];
}

function options(more: Partial<TryOptions> = {}): Given {
  const failures: unknown[] = [];
  const givenUp: unknown[] = [];
  return {
    signal: new AbortController().signal,
    attempts: 3,
    attemptTimeoutMs: 30_000,
    random: () => 0,
    onFailure: (error) => failures.push(error),
    giveUp: async (error, attempts) => void givenUp.push([error, attempts]),
    failures,
    givenUp,
    ...more,
  };
}

/** Fails so many times, then succeeds. */
function failing(times: number, error: unknown) {
  const runs = { count: 0 };
  const work = async () => {
    runs.count += 1;
    if (runs.count <= times) throw error;
  };
  return { runs, work };
}

describe('trying until done', () => {
  test('tries again after a failure, and tells of each', async () => {
    const given = options();
    const fault = new Error('not now');
    const { runs, work } = failing(2, fault);
    expect(await tryUntilDone(work, given)).toBe('done');
    expect(runs.count).toBe(3);
    expect(given.failures).toEqual([fault, fault]);
    expect(given.givenUp).toEqual([]);
  });

  test('gives up what has failed too often by its own fault', async () => {
    const given = options();
    const fault = new Error('never');
    const { runs, work } = failing(99, fault);
    expect(await tryUntilDone(work, given)).toBe('given-up');
    expect(runs.count).toBe(3);
    expect(given.givenUp).toEqual([[fault, 3]]);
  });

  test('never gives up, nor counts, what fails because something is away', async () => {
    const given = options({ attempts: 1 });
    const { runs, work } = failing(4, new DomainError('unavailable', 'busy', 'Try again.'));
    expect(await tryUntilDone(work, given)).toBe('done');
    expect(runs.count).toBe(5);
    expect(given.givenUp).toEqual([]);
  });

  test('counts every other refusal', async () => {
    const given = options({ attempts: 1 });
    const { work } = failing(99, new DomainError('rule', 'sold-out', 'It is sold out.'));
    expect(await tryUntilDone(work, given)).toBe('given-up');
  });

  test('tries again what could not be given up', async () => {
    let refusals = 1;
    const given = options({
      giveUp: async () => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('no place for it');
      },
    });
    const { runs, work } = failing(99, new Error('never'));
    expect(await tryUntilDone(work, given)).toBe('given-up');
    expect(runs.count).toBe(4);
  });

  test('counts an attempt that takes too long as failed, and aborts it', async () => {
    const given = options({ attemptTimeoutMs: 20 });
    const signals: AbortSignal[] = [];
    await tryUntilDone((signal) => {
      signals.push(signal);
      return signals.length === 1 ? new Promise(() => undefined) : Promise.resolve();
    }, given);
    expect(given.failures).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('ends undone when the signal aborts, in an attempt or in a pause', async () => {
    const ending = new AbortController();
    const given = options({ signal: ending.signal, attempts: 99 });
    const hanging = tryUntilDone(() => new Promise(() => undefined), given);
    const pausing = tryUntilDone(() => Promise.reject(new Error('no')), given);
    ending.abort();
    await expect(hanging).rejects.toThrow('aborted');
    await expect(pausing).rejects.toThrow('aborted');
  });
});
