import { describe, expect, test } from '@jest/globals';
import { restartPolicy } from './restart-policy.ts';

describe('restart policy', () => {
  test('waits longer with every death and gives up after the limit', () => {
    const policy = restartPolicy({ limit: 3, windowMs: 60_000, now: () => 0 });
    expect([policy.next(), policy.next(), policy.next(), policy.next()]).toEqual([200, 400, 800, undefined]);
  });

  test('forgets deaths that are long ago', () => {
    let now = 0;
    const policy = restartPolicy({ limit: 1, windowMs: 1_000, now: () => now });
    expect(policy.next()).toBe(200);
    now = 1_000;
    expect(policy.next()).toBe(200);
    expect(policy.next()).toBeUndefined();
  });
});
