import { expect, test } from '@jest/globals';
import { backfillDays, UsageError } from './backfill-arguments.ts';

test('a range is all its days, oldest first', () => {
  expect(backfillDays(['--from', '2026-12-30', '--to', '2027-01-01'])).toEqual([
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
  ]);
  expect(backfillDays(['--from', '2026-11-21', '--to', '2026-11-21'])).toEqual(['2026-11-21']);
});

test('400 days are taken, one more is not', () => {
  expect(backfillDays(['--from', '2025-01-01', '--to', '2026-02-04'])).toHaveLength(400);
  expect(() => backfillDays(['--from', '2025-01-01', '--to', '2026-02-05'])).toThrow('at most 400 days');
});

test('help asks for nothing else', () => {
  expect(backfillDays(['--help'])).toBeUndefined();
});

test.each([
  [[]],
  [['--from', '2026-11-21']],
  [['--from', '2026-11-31', '--to', '2026-12-01']],
  [['--from', '2026-11-21', '--to', 'today']],
  [['--from', '2026-11-21', '--to', '2026-11-20']],
  [['--since', '2026-11-21']],
])('%j is refused with the usage', (args) => {
  expect(() => backfillDays(args)).toThrow(UsageError);
  expect(() => backfillDays(args)).toThrow('usage: npm run backfill');
});
