import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PlanRun, planRun, type RunPlan } from './plan.ts';

const names = (family: string, count: number) => Array.from({ length: count }, (_, index) => `${family} ${index}`);
const families = [names('injection', 5), names('crash', 7)];
const plan = (more: Partial<PlanRun> = {}): RunPlan =>
  planRun({ seed: '7', run: 0, families, faults: 8, loadMs: 40_000, ...more });

const campaign = fc.record({
  seed: fc.integer({ min: 0 }).map(String),
  families: fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 20 }))
    .map(([injections, crashes]) => [names('injection', injections), names('crash', crashes)]),
  faults: fc.integer({ min: 1, max: 12 }),
  loadMs: fc.integer({ min: 1_000, max: 120_000 }),
});

describe('the plan of a run', () => {
  test('is the same from the same seed, and another from another', () => {
    expect(plan()).toEqual(plan());
    expect(plan({ seed: '8' })).not.toEqual(plan());
    expect(plan({ run: 1 })).not.toEqual(plan());
  });

  test('names its seed', () => {
    expect(plan({ run: 3 }).seed).toBe('7-3');
  });

  test('has none when there is nothing to choose from', () => {
    expect(plan({ families: [[], []] }).faults).toEqual([]);
  });

  test('has so many faults as are wanted, in their order, within the load', () => {
    fc.assert(
      fc.property(campaign, fc.nat(50), (wanted, run) => {
        const { faults } = planRun({ ...wanted, run });
        expect(faults).toHaveLength(wanted.faults);
        const times = faults.map(({ atMs }) => atMs);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(Math.max(...times)).toBeLessThanOrEqual(Math.max(2_000, wanted.loadMs));
        for (const { name } of faults) expect(wanted.families.flat()).toContain(name);
      }),
    );
  });

  test('gives every fault of a family its turn before one has a second', () => {
    fc.assert(
      fc.property(campaign, fc.integer({ min: 1, max: 30 }), (wanted, runs) => {
        const dealt = Array.from({ length: runs }, (_, run) => planRun({ ...wanted, run }).faults).flat();
        for (const family of wanted.families) {
          const counts = family.map((name) => dealt.filter((fault) => fault.name === name).length);
          if (family.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('gives every fault chances of its own', () => {
    const dealt = Array.from({ length: 10 }, (_, run) => plan({ run }).faults).flat();
    expect(new Set(dealt.map(({ seed }) => seed)).size).toBe(dealt.length);
  });
});
