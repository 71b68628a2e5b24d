import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageQuery } from './page.ts';

const schema = z.strictObject({ createdAt: z.iso.datetime(), id: z.string() });

describe('a cursor', () => {
  test('gives back what it was made of', () => {
    const position = { createdAt: '2026-01-01T00:00:00.000Z', id: 'ö/+' };
    const cursor = encodeCursor(position);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(schema, cursor)).toEqual(position);
  });

  test.each([
    '',
    'x',
    '!!',
    encodeCursor(null),
    encodeCursor({ id: 1 }),
    encodeCursor({ createdAt: 'x', id: 'a', more: 1 }),
  ])('of another making is refused: %j', (cursor) => {
    expect(() => decodeCursor(schema, cursor)).toThrow('The cursor is not one that this list gave.');
  });
});

test('a page holds twenty items unless asked otherwise, and never more than a hundred', () => {
  const query = z.object(pageQuery);
  expect(query.parse({})).toEqual({ limit: 20 });
  expect(query.parse({ limit: '100' })).toEqual({ limit: 100 });
  for (const limit of ['0', '101', '-1', '1.5', 'x', ['1', '2']])
    expect(query.safeParse({ limit }).success).toBe(false);
});
