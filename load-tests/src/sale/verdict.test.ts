import { describe, expect, test } from '@jest/globals';
import { printVerdict } from './print-result.ts';
import { judge, type SaleResult } from './verdict.ts';

const clean: SaleResult = {
  attempts: new Map(),
  latencies: [],
  ok: 10,
  refused: 0,
  unknown: 0,
  replayed: 0,
  faults: 0,
  doubleEffects: [],
  scarceSold: 100,
  scarceStock: 100,
  scarceLeft: 0,
  unresolved: 0,
  auditCode: 0,
};

describe('the verdict on a sale', () => {
  test('a clean one keeps every promise', () => {
    expect(judge(clean).every(({ kept }) => kept)).toBe(true);
    expect(printVerdict(judge(clean))).toContain('kept every promise');
  });

  test.each([
    ['one piece too many', { scarceSold: 101 }],
    ['one piece unsold', { scarceSold: 99, scarceLeft: 1 }],
    ['a sale that nobody heard of', { scarceSold: 99 }],
    ['a fault', { faults: 1 }],
    ['two effects of one key', { doubleEffects: ['order a'] }],
    ['an outcome nobody knows', { unresolved: 1 }],
    ['a violation that the audit found', { auditCode: 1 }],
  ])('%s breaks exactly one', (_, change) => {
    expect(judge({ ...clean, ...change }).filter(({ kept }) => !kept)).toHaveLength(1);
  });
});
