import { describe, expect, test } from '@jest/globals';
import type { KeyRecord } from '../load/key-record.ts';
import { chargeOf } from '../load/requests.ts';
import type { Audited } from './audit-run.ts';
import { type JudgeRun, judgeRun } from './judge-run.ts';

const buyer = { number: 1, userId: 'user-00001', token: 't' };
const key = (more: Partial<KeyRecord> = {}): KeyRecord => ({
  request: chargeOf(buyer, 'k', 5),
  attempts: 1,
  twoEffects: false,
  ...more,
});
const clean: Audited = { verdict: 'clean', checks: [] };

function judge(
  more: { keys?: KeyRecord[]; odd?: JudgeRun['history']['odd'] } & Partial<Omit<JudgeRun, 'history'>> = {},
) {
  const { keys = [], odd = [], ...rest } = more;
  return judgeRun({
    audited: clean,
    history: { keys: new Map(keys.map((record, index) => [`charge ${index}`, record])), odd },
    injected: [{ startMs: 1_000, endMs: 3_000 }],
    left: [{ productId: 'p', stock: 0 }],
    healedMs: 10_000,
    patienceMs: 30_000,
    ...rest,
  });
}

describe('the judgement of a run', () => {
  test('finds nothing where nothing is', () => {
    expect(judge({ keys: [key({ unknownSinceMs: 1_500, toldMs: 12_000, granted: 'e' }), key()] })).toEqual([]);
  });

  test('names the checks of the audit that are broken', () => {
    const audited: Audited = {
      verdict: 'violated',
      checks: [
        { name: 'stock', state: 'broken', broken: { total: 2, rows: [{ problem: 'sold twice' }] }, remarks: [] },
        { name: 'sessions', state: 'kept', broken: { total: 0, rows: [] }, remarks: [] },
      ],
    };
    expect(judge({ audited })).toEqual(['audit: stock: 2 broken: sold twice']);
  });

  test('names keys that stayed open, that were told too late, and that had two effects', () => {
    const keys = [
      key({ unknownSinceMs: 1_500 }),
      key({ unknownSinceMs: 1_500, toldMs: 40_001 }),
      key({ twoEffects: true }),
    ];
    expect(judge({ keys })).toEqual([
      '2 keys not told within 30 s of all being whole: charge 0, charge 1',
      '1 keys with two effects: charge 2',
    ]);
  });

  test('does not call late what was told at once, or asked only after all was whole', () => {
    const keys = [key({ toldMs: 45_000, granted: 'e' }), key({ unknownSinceMs: 42_000, toldMs: 50_000 })];
    expect(judge({ keys })).toEqual([]);
  });

  test('holds against the platform what it answered while nothing was broken, and nothing else', () => {
    const odd = [
      { what: 'before', sentMs: 100, doneMs: 900 },
      { what: 'into it', sentMs: 100, doneMs: 1_100 },
      { what: 'within', sentMs: 1_500, doneMs: 2_000 },
      { what: 'right after', sentMs: 4_000, doneMs: 4_100 },
      { what: 'long after', sentMs: 9_000, doneMs: 9_100 },
    ];
    expect(judge({ odd })).toEqual(['2 odd answers while nothing was broken: before, long after']);
  });

  test('names what is left of a product that is refused as sold out', () => {
    expect(judge({ left: [{ productId: 'p', stock: 3 }] })).toEqual([
      '3 pieces of p are left though it is refused as sold out',
    ]);
  });
});
