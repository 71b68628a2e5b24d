import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Heard } from '../../../load-tests/src/sale/outcome.ts';
import { type History, openHistory } from './history.ts';
import { isOpen } from './key-record.ts';
import { chargeOf, orderOf, stockOf } from './requests.ts';

const buyer = { number: 1, userId: 'user-00001', token: 't' };
const order = orderOf(buyer, 'k', [{ productId: 'p', quantity: 1 }]);
const granted = (id: string): Heard => ({ outcome: 'ok', status: 201, replayed: false, response: { id } });
const lost: Heard = { outcome: 'unknown' };
const soldOut: Heard = { outcome: 'refused', status: 409, code: 'sold-out', response: {} };
const busy: Heard = { outcome: 'refused', status: 503, code: 'overloaded', retryAfterMs: 1_000, response: {} };
const attempt = (doneMs: number, number = 1) => ({ number, dueMs: doneMs - 2, sentMs: doneMs - 1, doneMs });

let folder: string;
let history: History;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-history-'));
  history = openHistory(join(folder, 'history.jsonl'), () => 0);
});
afterEach(async () => {
  await history.close();
  rmSync(folder, { recursive: true });
});

const record = (name = 'order k') => {
  const found = history.keys.get(name);
  if (found === undefined) throw new Error(`nothing is known of ${name}`);
  return found;
};

describe('a history', () => {
  test('has a line for every attempt, numbered over all of its key', async () => {
    history.heard(order, lost, attempt(10));
    history.heard(order, granted('o1'), attempt(20));
    history.heard(stockOf(buyer, 's', { productId: 'p', change: 3 }), busy, attempt(30));
    await history.close();
    const lines = readFileSync(history.file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { kind: 'order', key: 'k', userId: 'user-00001', attempt: 1, outcome: 'unknown', latencyMs: 2 },
      { kind: 'order', key: 'k', attempt: 2, outcome: 'ok', status: 201, response: { id: 'o1' } },
      { kind: 'stock', key: 's', attempt: 1, code: 'overloaded', body: { productId: 'p', change: 3 } },
    ]);
    expect(lines[2]).not.toHaveProperty('retryAfterMs');
  });

  test('holds a key open from its first lost answer until it is told', () => {
    history.heard(order, lost, attempt(10));
    history.heard(order, busy, attempt(20));
    expect(isOpen(record())).toBe(true);
    history.heard(order, granted('o1'), attempt(30));
    expect(record()).toMatchObject({ unknownSinceMs: 10, toldMs: 30, granted: 'o1', twoEffects: false });
    expect(isOpen(record())).toBe(false);
  });

  test('opens a key again when an answer is lost after a refusal, and never after a 2xx', () => {
    history.heard(order, soldOut, attempt(10));
    history.heard(order, lost, attempt(20));
    expect(isOpen(record())).toBe(true);
    history.heard(order, granted('o1'), attempt(30));
    history.heard(order, lost, attempt(40));
    expect(isOpen(record())).toBe(false);
  });

  test('sees two effects under one key', () => {
    const charge = chargeOf(buyer, 'c', 5);
    for (const entryId of ['e1', 'e1', 'e2']) {
      history.heard(charge, { outcome: 'ok', status: 200, response: { entryId } }, attempt(10));
    }
    expect(record('charge c')).toMatchObject({ granted: 'e1', twoEffects: true });
  });

  test('names answers that no honest platform gives, but not what a client hung up on', () => {
    history.heard(order, { outcome: 'unknown', status: 500, code: 'internal' }, attempt(10));
    history.heard(order, lost, attempt(20));
    history.heard(order, busy, attempt(30));
    history.heard({ ...order, ask: { ...order.ask, hangUpAfterMs: 5 } }, lost, attempt(40));
    expect(history.odd.map(({ what }) => what)).toEqual([
      'order k was answered 500 internal',
      'order k had no answer in 1 ms',
    ]);
  });
});
