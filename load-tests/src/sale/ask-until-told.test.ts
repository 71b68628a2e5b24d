import { describe, expect, test } from '@jest/globals';
import { type Attempt, askUntilTold } from './ask-until-told.ts';
import type { Ask, Client, Reply } from './client.ts';

const placed: Reply = { status: 201, body: { id: 'o1' }, replayed: false };
const soldOut: Reply = { status: 409, body: { code: 'sold-out' }, replayed: false };
const busy: Reply = { status: 503, body: { code: 'busy' }, replayed: false, retryAfterMs: 1 };
const locked: Reply = { status: 409, body: { code: 'lock-not-acquired' }, replayed: false, retryAfterMs: 1 };

function clientThatHears(replies: (Reply | Error)[]): Client & { asks: Ask[] } {
  const asks: Ask[] = [];
  return {
    asks,
    async send(ask) {
      asks.push(ask);
      const reply = replies.shift() ?? new Error('nothing more');
      if (reply instanceof Error) throw reply;
      return reply;
    },
    close: async () => undefined,
  };
}

// A clock that jumps a minute at each look, so that nothing is waited for.
function jumpingClock(): () => number {
  let ms = 0;
  return () => {
    ms += 60_000;
    return ms;
  };
}

async function play(replies: (Reply | Error)[], more: Partial<Ask> = {}) {
  const client = clientThatHears(replies);
  const attempts: Attempt[] = [];
  const last = await askUntilTold({
    client,
    ask: { method: 'POST', path: '/api/orders', key: 'k', body: {}, ...more },
    dueMs: 0,
    now: jumpingClock(),
    random: () => -2,
    heard: (_, attempt) => attempts.push(attempt),
  });
  return { last, attempts, asks: client.asks };
}

describe('asking until told', () => {
  test('a plain answer ends it', async () => {
    expect(await play([placed])).toMatchObject({ last: { outcome: 'ok' }, attempts: [{ number: 1 }] });
  });

  test('a refusal that stands ends it', async () => {
    expect(await play([soldOut])).toMatchObject({ last: { code: 'sold-out' }, attempts: [{ number: 1 }] });
  });

  test('a lost answer is asked for again under the same key, without hanging up again', async () => {
    const { last, asks } = await play([new Error('socket closed'), placed], { hangUpAfterMs: 3 });
    expect(last.outcome).toBe('ok');
    expect(asks.map(({ key, hangUpAfterMs }) => [key, hangUpAfterMs])).toEqual([
      ['k', 3],
      ['k', undefined],
    ]);
  });

  test('a lock not had is tried a few times, and no more', async () => {
    const { last, attempts } = await play([locked, locked, locked, locked, placed]);
    expect(last.code).toBe('lock-not-acquired');
    expect(attempts).toHaveLength(4);
  });

  test('a refusal that passes says nothing of an earlier answer that was lost: it is asked for on and on', async () => {
    const { last, attempts } = await play([new Error('no answer'), busy, busy, busy, busy, busy, placed]);
    expect(last.outcome).toBe('ok');
    expect(attempts).toHaveLength(7);
  });

  test('who is only ever refused after a lost answer does not know what became of it', async () => {
    const { last, attempts } = await play([new Error('no answer'), ...Array.from({ length: 20 }, () => busy)]);
    expect(last.outcome).toBe('unknown');
    expect(attempts).toHaveLength(12);
  });

  test('a refusal that stands settles a lost answer: the key is looked up before anything is refused', async () => {
    expect(await play([new Error('no answer'), soldOut])).toMatchObject({ last: { outcome: 'refused' } });
  });
});
