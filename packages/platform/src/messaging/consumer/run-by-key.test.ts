import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runByKey } from './run-by-key.ts';

interface Item {
  readonly key: string;
  readonly n: number;
}

const items = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 60 })
  .map((keys): Item[] => keys.map((key, n) => ({ key, n })));

describe('items by key', () => {
  test('are worked on once each, those of a key one after the other in their order, on no more keys than allowed', () =>
    fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 8 }), fc.scheduler(), async (given, keysAtOnce, scheduler) => {
        const begun: Item[] = [];
        const running = new Set<string>();
        const work = runByKey(given, {
          keyOf: ({ key }) => key,
          keysAtOnce,
          work: async (item) => {
            expect(running.has(item.key)).toBe(false);
            running.add(item.key);
            expect(running.size).toBeLessThanOrEqual(keysAtOnce);
            begun.push(item);
            await scheduler.schedule(Promise.resolve());
            running.delete(item.key);
          },
        });
        await scheduler.waitFor(work);
        expect(begun).toHaveLength(given.length);
        for (const key of new Set(given.map((item) => item.key))) {
          const ofKey = (all: Item[]) => all.filter((item) => item.key === key);
          expect(ofKey(begun)).toEqual(ofKey(given));
        }
      }),
      { numRuns: 200 },
    ));

  test('end with the first failure, and nothing behind it is begun', async () => {
    const begun: number[] = [];
    const given = Array.from({ length: 20 }, (_, n) => ({ key: String(n % 4), n }));
    const working = runByKey(given, {
      keyOf: ({ key }) => key,
      keysAtOnce: 4,
      work: async ({ n }) => {
        begun.push(n);
        if (n === 5) throw new Error('no');
      },
    });
    await expect(working).rejects.toThrow('no');
    expect(begun).not.toContain(9);
    const before = begun.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toHaveLength(before);
  });
});
