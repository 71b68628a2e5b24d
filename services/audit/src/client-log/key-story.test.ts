import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tellStories } from './key-story.ts';
import { type LogLine, logLine } from './log-line.ts';

const line = (more: Partial<LogLine>): LogLine => ({
  at: '2026-01-01T00:00:00.000Z',
  userId: 'ann',
  kind: 'order',
  key: 'k1',
  body: { items: [] },
  outcome: 'ok',
  ...more,
});

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();

describe('the story of a key', () => {
  test('is one for each user, kind and key', async () => {
    const stories = await tellStories([
      line({}),
      line({ userId: 'ben' }),
      line({ kind: 'cancel' }),
      line({ kind: 'stock' }),
      line({ key: 'k2' }),
      line({ outcome: 'unknown' }),
    ]);
    expect(stories.map(({ attempts }) => attempts)).toEqual([2, 1, 1, 1, 1]);
  });

  test('keeps the first answer, and another one that says something else', async () => {
    const [same] = await tellStories([line({ response: { a: 1, b: 2 } }), line({ response: { b: 2, a: 1 } })]);
    expect(same).toMatchObject({ answer: { a: 1, b: 2 } });
    expect(same).not.toHaveProperty('contradiction');
    const [other] = await tellStories([line({ response: { a: 1 } }), line({ response: { a: 2 } })]);
    expect(other).toMatchObject({ answer: { a: 1 }, contradiction: { a: 2 } });
  });

  test('was asked what the granted attempt asked', async () => {
    const [story] = await tellStories([
      line({ outcome: 'unknown', body: 'first' }),
      line({ response: {}, body: 'granted' }),
      line({ outcome: 'refused', status: 422, code: 'idempotency-key-reused', body: 'other' }),
    ]);
    expect(story).toMatchObject({ asked: 'granted', attempts: 3, refusals: 0, unknowns: 1 });
  });

  test.each([
    ['request-in-progress', 409],
    ['outcome-unknown', 503],
    ['timed-out', 503],
    ['internal', 500],
    ['upstream-failed', 502],
  ])('leaves open what %s means', async (code, status) => {
    const [story] = await tellStories([line({ outcome: 'refused', code, status })]);
    expect(story).toMatchObject({ unknowns: 1, refusals: 0 });
  });

  test.each([
    ['a refusal long after the answer', 10, 409, 'sold-out', 'sold-out'],
    ['a refusal that was on its way when the answer came', 0, 409, 'sold-out', undefined],
    ['a rate limit after the answer', 10, 429, 'too-many-requests', undefined],
    ['a full server after the answer', 10, 503, 'overloaded', undefined],
  ])('%s', async (_, seconds, status, code, told) => {
    const refused = line({ outcome: 'refused', at: at(seconds), latencyMs: 20, status, code });
    const [story] = await tellStories([line({ at: at(0), latencyMs: 50, response: {} }), refused]);
    expect(story?.refusedAfterAnswer).toBe(told);
  });

  test('counts every attempt once, in any order', async () => {
    const lines = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 1_000_000 }),
        userId: fc.constantFrom('ann', 'ben'),
        kind: fc.constantFrom('charge' as const, 'order' as const, 'cancel' as const, 'stock' as const),
        key: fc.constantFrom('k1', 'k2'),
        body: fc.constant({}),
        outcome: fc.constantFrom('ok' as const, 'refused' as const, 'unknown' as const),
        status: fc.constantFrom(201, 409, 422, 500, 503),
        code: fc.constantFrom('sold-out', 'request-in-progress'),
        response: fc.constantFrom({ id: '1' }, { id: '2' }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(lines, async (log) => {
        const stories = await tellStories(log.map((entry) => logLine.parse(JSON.parse(JSON.stringify(entry)))));
        expect(stories.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(log.length);
        for (const { key, userId, kind, answer, contradiction, refusals, unknowns, attempts } of stories) {
          const mine = log.filter((entry) => entry.key === key && entry.userId === userId && entry.kind === kind);
          const granted = new Set(mine.filter(({ outcome }) => outcome === 'ok').map(({ response }) => response.id));
          expect(answer !== undefined).toBe(granted.size > 0);
          expect(contradiction !== undefined).toBe(granted.size > 1);
          expect(refusals + unknowns).toBeLessThanOrEqual(attempts);
        }
      }),
    );
  });
});
