import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BatchLimits, nextBatches } from './next-batches.ts';

const wide: BatchLimits = { batches: 100, jobsEach: 256, productsEach: 32 };

/** A job is written as the products it wants, a letter each. */
const next = (waiting: string[], busy = '', limits: Partial<BatchLimits> = {}) => {
  const { batches, taken } = nextBatches(waiting, (job) => [...job], [...busy], { ...wide, ...limits });
  return { batches, taken: [...taken].sort().join('') };
};

describe('those who wait', () => {
  test('for one product are one batch, and for others another', () => {
    expect(next(['a', 'b', 'a', 'c', 'b'])).toEqual({ batches: [['a', 'a'], ['b', 'b'], ['c']], taken: 'abc' });
  });

  test('are one batch by way of a basket of both, in order of arrival', () => {
    expect(next(['b', 'a', 'c', 'ab', 'b']).batches).toEqual([['b', 'a', 'ab', 'b'], ['c']]);
  });

  test('wait for a busy product, and behind who waits for one', () => {
    expect(next(['ab', 'b', 'c', 'cd', 'be'], 'a')).toEqual({ batches: [['c', 'cd']], taken: 'abcde' });
  });

  test('are in the batch of who came before somebody who must wait', () => {
    expect(next(['b', 'ab', 'b'], 'a').batches).toEqual([['b']]);
  });

  test('fill a batch up to its limit; the others wait', () => {
    expect(next(['a', 'a', 'a', 'b'], '', { jobsEach: 2 }).batches).toEqual([['a', 'a'], ['b']]);
    expect(next(['a', 'b', 'ab', 'a'], '', { jobsEach: 2 }).batches).toEqual([['a'], ['b']]);
  });

  test('of too many products are not one batch, but one who wants many alone has a turn', () => {
    expect(next(['ab', 'bc', 'd', 'c'], '', { productsEach: 2 }).batches).toEqual([['ab'], ['d']]);
    expect(next(['abcd', 'a'], '', { productsEach: 2 }).batches).toEqual([['abcd']]);
  });

  test('begin no more batches than may run, and those who came first do', () => {
    expect(next(['a', 'b', 'c', 'a'], '', { batches: 2 })).toEqual({ batches: [['a', 'a'], ['b']], taken: 'abc' });
    expect(next(['a'], '', { batches: 0 })).toEqual({ batches: [], taken: 'a' });
  });
});

describe('whoever waits for whatever', () => {
  const product = fc.constantFrom(...'abcdefgh');
  const crowd = fc.record({
    baskets: fc.array(fc.uniqueArray(product, { minLength: 1, maxLength: 4 }), { maxLength: 40 }),
    busy: fc.uniqueArray(product, { maxLength: 3 }),
    limits: fc.record({
      batches: fc.integer({ min: 0, max: 4 }),
      jobsEach: fc.integer({ min: 1, max: 10 }),
      productsEach: fc.integer({ min: 1, max: 8 }),
    }),
  });
  const given = fc.property(crowd, ({ baskets, busy, limits }) => {
    const waiting = baskets.map((wants, arrival) => ({ wants, arrival }));
    const { batches, taken } = nextBatches(waiting, (job) => job.wants, busy, limits);
    const productsOf = (batch: typeof waiting) => new Set(batch.flatMap(({ wants }) => wants));
    const sets = [new Set(busy), ...batches.map((batch) => productsOf([...batch]))];
    const left = waiting.filter((job) => !batches.some((batch) => batch.includes(job)));

    // Side by side: no product twice.
    expect(new Set(sets.flatMap((set) => [...set])).size).toBe(sets.reduce((sum, set) => sum + set.size, 0));
    // Within the limits.
    expect(batches.length).toBeLessThanOrEqual(limits.batches);
    for (const batch of batches) {
      expect(batch.length).toBeGreaterThan(0);
      expect(batch.length).toBeLessThanOrEqual(limits.jobsEach);
      if (batch.length > 1) expect(productsOf([...batch]).size).toBeLessThanOrEqual(limits.productsEach);
      expect(batch.map(({ arrival }) => arrival)).toEqual(
        batch.map(({ arrival }) => arrival).toSorted((a, b) => a - b),
      );
    }
    // Nobody overtakes.
    for (const job of batches.flat()) {
      const passed = left.filter(({ arrival }) => arrival < job.arrival);
      expect(passed.filter(({ wants }) => wants.some((each) => job.wants.includes(each)))).toEqual([]);
    }
    // Nobody waits without a reason, and whoever comes now is told of all there are.
    expect(taken).toEqual(new Set([...busy, ...waiting.flatMap(({ wants }) => wants)]));
    const first = waiting.find(({ wants }) => !wants.some((each) => busy.includes(each)));
    if (first !== undefined && limits.batches > 0 && left.length === waiting.length) {
      const before = waiting.slice(0, first.arrival);
      expect(before.some(({ wants }) => wants.some((each) => first.wants.includes(each)))).toBe(true);
    }
  });
  test('batches share nothing, keep their limits and the order of arrival', () => fc.assert(given, { numRuns: 1_000 }));
});
