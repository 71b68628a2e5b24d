import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { drawMs } from './draw.ts';
import { hold } from './hold.ts';

describe('holding a fault', () => {
  test('ends at once when it is told to, before or meanwhile', async () => {
    await hold(60_000, AbortSignal.abort());
    const ending = new AbortController();
    const holding = hold(60_000, ending.signal);
    ending.abort();
    await holding;
  });

  test('lasts as long as is drawn, and no longer than may be', () => {
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.nat(5_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (least, more, drawn) => {
          const ms = drawMs(() => drawn, least, least + more);
          expect(ms).toBeGreaterThanOrEqual(least);
          expect(ms).toBeLessThanOrEqual(least + more);
          expect(Number.isInteger(ms)).toBe(true);
        },
      ),
    );
  });
});
