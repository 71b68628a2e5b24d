import { expect, test } from '@jest/globals';
import { seededRandom } from '@onsale/seed';
import { arrivals } from './arrivals.ts';
import { zipf } from './zipf.ts';

test('arrivals come at the asked rate, inside their span, in order', () => {
  const times = arrivals(
    { fromMs: 1_000, toMs: 101_000, peak: 200, rate: (ms) => (ms < 51_000 ? 200 : 50) },
    seededRandom(1),
  );
  const early = times.filter((ms) => ms < 51_000).length;
  expect(early / 50).toBeGreaterThan(190);
  expect(early / 50).toBeLessThan(210);
  expect((times.length - early) / 50).toBeGreaterThan(45);
  expect((times.length - early) / 50).toBeLessThan(55);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times[0]).toBeGreaterThanOrEqual(1_000);
});

test('of a Zipf draw with skew 1 the first rank comes twice as often as the second', () => {
  const draw = zipf(100, 1, seededRandom(1));
  const counts = new Map<number, number>();
  for (let count = 0; count < 50_000; count++) {
    const rank = draw();
    counts.set(rank, (counts.get(rank) ?? 0) + 1);
  }
  const ratio = (counts.get(0) ?? 0) / (counts.get(1) ?? 1);
  expect(ratio).toBeGreaterThan(1.9);
  expect(ratio).toBeLessThan(2.1);
  for (const rank of counts.keys()) expect(rank).toBeLessThan(100);
});
