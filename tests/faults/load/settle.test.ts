import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Reply } from '../../../load-tests/src/sale/client.ts';
import { type History, openHistory } from './history.ts';
import { chargeOf } from './requests.ts';
import { settle } from './settle.ts';

const now = () => performance.now();
const buyer = { number: 1, userId: 'user-00001', token: 't' };
const granted: Reply = { status: 200, body: { entryId: 'e' }, replayed: true };

let folder: string;
let history: History;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-settle-'));
  history = openHistory(join(folder, 'history.jsonl'), now);
  const at = { number: 1, dueMs: now(), sentMs: now(), doneMs: now() };
  history.heard(chargeOf(buyer, 'lost', 5), { outcome: 'unknown' }, at);
  history.heard(chargeOf(buyer, 'told', 5), { outcome: 'ok', status: 200, response: { entryId: 'f' } }, at);
});
afterEach(async () => {
  await history.close();
  rmSync(folder, { recursive: true });
});

function settleWith(send: () => Promise<Reply>, withinMs: number) {
  const client = { send, close: async () => undefined };
  const givingUp = new AbortController();
  const untilMs = now() + withinMs;
  const ending = givingUp.signal;
  return settle({ client, history, now, random: () => 0, ending, asking: Promise.resolve(), givingUp, untilMs });
}

test('a key that is open is asked for until it is told, and no other', async () => {
  let asked = 0;
  const left = await settleWith(async () => {
    asked += 1;
    return granted;
  }, 10_000);
  expect(left).toEqual([]);
  expect(asked).toBe(1);
  expect(history.keys.get('charge lost')).toMatchObject({ granted: 'e' });
});

test('what nobody tells in time is given back', async () => {
  const left = await settleWith(() => pause(60).then(() => Promise.reject(new Error('cut'))), 20);
  expect(left.map(({ request }) => request.key)).toEqual(['lost']);
});

test('when the time is up, the answer under way is heard, and nobody asks again', async () => {
  let asked = 0;
  const left = await settleWith(async () => {
    asked += 1;
    await pause(60);
    return { status: 503, body: {}, replayed: false, retryAfterMs: 100 };
  }, 20);
  expect(left.map(({ request }) => request.key)).toEqual(['lost']);
  await pause(300);
  expect(asked).toBe(1);
  expect(history.keys.get('charge lost')).toMatchObject({ attempts: 2 });
});
