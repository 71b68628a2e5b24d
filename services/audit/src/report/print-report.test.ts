import { expect, test } from '@jest/globals';
import type { AuditReport, CheckReport } from './audit-report.ts';
import { printReport } from './print-report.ts';
import { exitCodes, verdictOf } from './verdict.ts';

const kept: CheckReport = {
  name: 'stock',
  promise: 'Pieces add up.',
  state: 'kept',
  counted: { products: 500, 'pieces sold': 12_345 },
  broken: { total: 0, rows: [] },
  remarks: [],
  durationMs: 5,
};
const broken: CheckReport = {
  ...kept,
  name: 'order-paid',
  state: 'broken',
  broken: { total: 22, rows: [{ problem: 'not paid', row: { orderId: 'o1' } }] },
};
const notJudged: CheckReport = { ...kept, name: 'order-users', state: 'not-judged', counted: {}, remarks: ['why'] };
const report: AuditReport = {
  verdict: 'violated',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1_250,
  quiescence: { quiet: true, unsentEvents: 0, unhandledMessages: 0, waitedMs: 1_000 },
  checks: [kept, broken, notJudged],
  notices: ['no replica is connected to the primary'],
};

test('the table names each check, its state, its numbers and the broken rows', () => {
  expect(printReport(report)).toBe(`Audit of 2026-01-01T00:00:00.000Z
At rest after 1.0 s: the outbox is drained and nothing changes.

  stock        ok          500 products, 12,345 pieces sold
  order-paid   BROKEN      500 products, 12,345 pieces sold
    promise: Pieces add up.
    - not paid: {"orderId":"o1"}
    … 21 more, 22 in all
  order-users  not judged
    why

Notice: no replica is connected to the primary
VIOLATED: a promise is broken. (1.3 s)
`);
});

test('the table says when the shop was not at rest', () => {
  const restless = { ...report, quiescence: { ...report.quiescence, quiet: false, unsentEvents: 3, waitedMs: 11_000 } };
  expect(printReport(restless)).toContain('Not at rest after 11.0 s: rows were still changing.');
  const unknown = { ...report, quiescence: { quiet: false, unsentEvents: 0, waitedMs: 11_000 } };
  expect(printReport(unknown)).toContain('Not at rest after 11.0 s: the brokers did not answer.');
});

test('the table says what nobody had sent or handled at rest', () => {
  const at = (unsentEvents: number, unhandledMessages: number) =>
    printReport({ ...report, quiescence: { quiet: true, unsentEvents, unhandledMessages, waitedMs: 11_000 } });
  expect(at(3_000, 0)).toContain('At rest after 11.0 s, with 3,000 events unsent.');
  expect(at(0, 1_200)).toContain('At rest after 11.0 s, with 1,200 messages unhandled.');
  expect(at(1, 2)).toContain('At rest after 11.0 s, with 1 events unsent and 2 messages unhandled.');
});

test.each([
  ['clean', 0, ['kept']],
  ['violated', 1, ['kept', 'failed', 'not-judged', 'broken']],
  ['failed', 2, ['kept', 'not-judged', 'failed']],
  ['incomplete', 3, ['kept', 'not-judged']],
] as const)('%s ends with exit code %d', (verdict, code, states) => {
  expect(verdictOf(states.map((state) => ({ state })))).toBe(verdict);
  expect(exitCodes[verdict]).toBe(code);
});
