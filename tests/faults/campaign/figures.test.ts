import { expect, test } from '@jest/globals';
import type { KeyRecord } from '../load/key-record.ts';
import { chargeOf, orderOf } from '../load/requests.ts';
import { addFigures, takeFigures } from './figures.ts';

const buyer = { number: 1, userId: 'user-00001', token: 't' };
const order = (more: Partial<KeyRecord>): KeyRecord => ({
  request: orderOf(buyer, 'k', []),
  attempts: 1,
  twoEffects: false,
  ...more,
});
const charge = (more: Partial<KeyRecord>): KeyRecord => ({ ...order(more), request: chargeOf(buyer, 'k', 5) });

const figures = takeFigures({
  injected: [
    { name: 'a', startMs: 0, endMs: 1, evidence: { happened: true, what: '', kills: 2 } },
    { name: 'b', startMs: 0, endMs: 1, evidence: { happened: false, what: '' } },
  ],
  history: {
    keys: new Map(
      [
        order({ granted: 'o1', toldMs: 5 }),
        order({ toldMs: 5 }),
        order({}),
        order({ unknownSinceMs: 10 }),
        charge({ unknownSinceMs: 10, toldMs: 4_010, granted: 'e1' }),
        charge({ unknownSinceMs: 10, toldMs: 30_011, granted: 'e1' }),
      ].map((record, index) => [String(index), record]),
    ),
    grantedMs: [50, 1_500, 1_200, 9_000],
  },
  fromMs: 1_000,
  toMs: 4_000,
});

test('a run is counted by its keys and by when somebody was granted something', () => {
  expect(figures).toEqual({
    faults: 1,
    kills: 2,
    orders: 4,
    acknowledged: 1,
    refused: 2,
    unknown: 3,
    resolved: 2,
    resolvedSoon: 1,
    slowestMs: 30_001,
    longestPauseMs: 2_500,
  });
});

test('runs add up, but for what is the most of any', () => {
  expect(addFigures([figures, { ...figures, slowestMs: 50_000, longestPauseMs: 10 }])).toMatchObject({
    orders: 8,
    kills: 4,
    resolvedSoon: 2,
    slowestMs: 50_000,
    longestPauseMs: 2_500,
  });
  expect(addFigures([])).toMatchObject({ orders: 0, slowestMs: 0 });
});
