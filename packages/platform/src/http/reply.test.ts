import { expect, test } from '@jest/globals';
import { created, noContent, ok, replay } from './reply.ts';

test('replies', () => {
  expect(ok([])).toEqual({ status: 200, body: [] });
  expect(created('/x/1', {})).toEqual({ status: 201, body: {}, headers: { Location: '/x/1' } });
  expect(noContent()).toEqual({ status: 204 });
});

test('an answer that was given before says so', () => {
  const answer = { status: 201, location: '/x/1', body: { id: 1 } };
  expect(replay({ ...answer, replayed: false }).headers).toEqual({ Location: '/x/1' });
  expect(replay({ ...answer, replayed: true }).headers).toEqual({ Location: '/x/1', 'Idempotency-Replayed': 'true' });
  expect(replay({ status: 200, body: 1, replayed: false })).toEqual({ status: 200, body: 1, headers: {} });
});
