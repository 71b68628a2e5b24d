import { expect, test } from '@jest/globals';
import { createUuidIds } from './ids.ts';

test('ids are UUIDs of version 7: unlike each other, and in the order of the clock', () => {
  let now = Date.UTC(2026, 0, 1);
  const ids = createUuidIds({ now: () => new Date(now) });
  const made = Array.from({ length: 1_000 }, () => {
    now += 1;
    return ids.next();
  });
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(made).size).toBe(1_000);
  expect([...made].sort()).toEqual(made);
  expect(Number.parseInt(ids.next().replace('-', '').slice(0, 12), 16)).toBe(now);
});
