import { describe, expect, test } from '@jest/globals';
import type { Ask, Client } from '../../../../load-tests/src/sale/client.ts';
import { inTurn } from './in-turn.ts';

const ask: Ask = { method: 'POST', path: '/' };
const wayOf = (name: string): Client => ({
  send: async () => ({ status: 200, body: name, replayed: false }),
  close: async () => undefined,
});

describe('several ways in turn', () => {
  test('are gone by one after the other, and round', async () => {
    const client = inTurn([wayOf('one'), wayOf('other')]);
    const bodies = [];
    for (let count = 0; count < 3; count += 1) bodies.push((await client.send(ask)).body);
    expect(bodies).toEqual(['one', 'other', 'one']);
  });

  test('must be one at least', () => {
    expect(() => inTurn([]).send(ask)).toThrow('there is no way to ask');
  });
});
