import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leaseTiming } from './lease-timing.ts';
import { playWorld } from './testing/lease-world.ts';

const clock = fc.record({
  offsetMs: fc.integer({ min: -1e9, max: 1e9 }),
  rate: fc.double({ min: 0.98, max: 1.02, noNaN: true }),
});
const world = fc
  .record({
    seed: fc.integer(),
    clocks: fc.array(clock, { minLength: 2, maxLength: 4 }),
    losses: fc.constantFrom(0, 0.05, 0.3),
    departures: fc.constantFrom(0, 0.01, 0.05),
    outageFromMs: fc.integer({ min: 0, max: 60_000 }),
    outageMs: fc.constantFrom(0, 5_000, 30_000),
  })
  .map(({ outageFromMs, outageMs, ...rest }) => ({
    ...rest,
    outage: { fromMs: outageFromMs, untilMs: outageFromMs + outageMs },
    calmFromMs: 120_000,
    endMs: 180_000,
  }));

describe('of several candidates, whatever is lost, late or stopped', () => {
  test('never two lead at a time, and when all is well again one does', () => {
    let terms = 0;
    fc.assert(
      fc.property(world, (given) => {
        const story = playWorld({ ...given, timing: leaseTiming });
        terms += story.terms;
        expect(story.overlaps).toEqual([]);
        expect(story.leaders).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
    expect(terms).toBeGreaterThan(300);
  });

  test('two would, if a leader stayed for longer than its lease', () => {
    const timing = { ...leaseTiming, renewDeadlineMs: 20_000 };
    const overlapping = fc.check(
      fc.property(world, (given) => playWorld({ ...given, timing }).overlaps.length === 0),
      { numRuns: 300 },
    );
    expect(overlapping.failed).toBe(true);
  });
});
