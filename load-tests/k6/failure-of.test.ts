import { describe, expect, test } from '@jest/globals';
import { failureOf } from './failure-of.ts';

const get = { method: 'GET', path: '/api/products' } as const;
const post = { method: 'POST', path: '/api/orders' } as const;

describe('a single request', () => {
  test.each([
    [get, { outcome: 'ok', status: 200 } as const],
    [post, { outcome: 'ok', status: 201 } as const],
    [post, { outcome: 'refused', status: 409, code: 'sold-out' } as const],
    [post, { outcome: 'refused', status: 422, code: 'insufficient-points' } as const],
  ])('%j answered with %j went well', (ask, heard) => {
    expect(failureOf(ask, heard)).toBeUndefined();
  });

  test.each([
    [get, { outcome: 'refused', status: 409 } as const, '409'],
    [post, { outcome: 'refused', status: 503, code: 'overloaded', retryAfterMs: 1 } as const, '503 overloaded'],
    [post, { outcome: 'refused', status: 429, code: 'rate-limited' } as const, '429 rate-limited'],
    [post, { outcome: 'refused', status: 401, code: 'token-invalid' } as const, '401 token-invalid'],
    [get, { outcome: 'unknown', status: 502 } as const, '502'],
  ])('%j answered with %j failed: %s', (ask, heard, kind) => {
    expect(failureOf(ask, heard)).toBe(kind);
  });
});
