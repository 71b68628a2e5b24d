import { describe, expect, test } from '@jest/globals';
import type { Figures } from './figures.ts';
import { printCampaign } from './print-campaign.ts';
import { type ToldRun, verdictOf } from './told-run.ts';

const figures: Figures = {
  faults: 1,
  kills: 1,
  orders: 1_600,
  acknowledged: 900,
  refused: 700,
  unknown: 12,
  resolved: 12,
  resolvedSoon: 11,
  slowestMs: 3_140,
  longestPauseMs: 900,
};

function told(seed: string, more: { violations?: string[]; unproven?: string[] } = {}): ToldRun {
  const evidence = { happened: true, what: 'seen', kills: 1 };
  const injected = [{ name: 'order killed', startMs: 0, endMs: 1, evidence }];
  const result = { figures, injected, violations: [], unproven: [], audit: 'clean', ...more };
  return { seed, verdict: verdictOf(result), result };
}

describe('what is printed of a campaign', () => {
  test('is how often each fault happened, a row for each run and for all, and the verdict', () => {
    const lines = printCampaign([told('7-0'), told('7-1')]).split('\n');
    expect(lines[1]).toMatch(/^order killed +2 +2$/);
    expect(lines).toContainEqual(expect.stringMatching(/^7-1 .*1,600 .*3\.1 .*clean +passed$/));
    expect(lines).toContainEqual(expect.stringMatching(/^all .*3,200/));
    expect(lines.at(-1)).toBe('2 runs passed, 0 failed');
  });

  test('names what is wrong: a broken promise before all, then what was not proven, or why a run could not be played', () => {
    const text = printCampaign([
      told('7-0', { violations: ['sold twice'], unproven: ['redis emptied did not happen'] }),
      told('7-1', { unproven: ['redis emptied did not happen'] }),
      { seed: '7-2', verdict: 'failed', why: 'no port is free' },
    ]);
    expect(text.split('\n').slice(-5)).toEqual([
      '7-0 violated: sold twice',
      '7-0 violated: redis emptied did not happen',
      '7-1 unproven: redis emptied did not happen',
      '7-2 failed: no port is free',
      '0 runs passed, 3 failed',
    ]);
  });
});
