import { describe, expect, test } from '@jest/globals';
import type { Reply } from './client.ts';
import { hear, isFault, isPassing } from './outcome.ts';

const reply = (status: number, code?: string, retryAfterMs?: number): Reply => ({
  status,
  body: code === undefined ? { id: '1' } : { code },
  replayed: false,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

describe('what a reply means', () => {
  test.each([
    [reply(201), 'ok', false, false],
    [reply(409, 'sold-out'), 'refused', false, false],
    [reply(422, 'insufficient-points'), 'refused', false, false],
    [reply(409, 'lock-not-acquired', 1_000), 'refused', true, false],
    [reply(409, 'request-in-progress', 1_000), 'refused', true, false],
    [reply(429, 'rate-limited', 1_000), 'refused', true, false],
    [reply(503, 'overloaded', 1_000), 'refused', true, false],
    [reply(503, 'outcome-unknown', 1_000), 'unknown', false, false],
    [reply(503, 'overloaded'), 'refused', true, true],
    [reply(500, 'internal'), 'unknown', false, true],
    [reply(502), 'unknown', false, true],
  ])('%j', (given, outcome, passing, fault) => {
    const heard = hear(given);
    expect(heard.outcome).toBe(outcome);
    expect(isPassing(heard)).toBe(passing);
    expect(isFault(heard)).toBe(fault);
  });
});
