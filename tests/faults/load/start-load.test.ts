import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Ask, Reply } from '../../../load-tests/src/sale/client.ts';
import type { Heard } from '../../../load-tests/src/sale/outcome.ts';
import type { Request } from './request.ts';
import { startLoad } from './start-load.ts';
import type { Wish } from './wish.ts';

const admin = { number: 0, userId: 'admin', token: 'a' };
const buyer = { number: 1, userId: 'user-00001', token: 't' };
const front = { admin, buyers: [buyer], productId: ({ number }: { number: number }) => `p${number}` };
const order: Wish = {
  kind: 'order',
  at: 0,
  buyer: 1,
  items: [{ product: { hot: true, number: 2 }, quantity: 1 }],
};

/** Everybody is granted what is asked; an order's id is its key. */
async function play(wishes: readonly Wish[], answer: (ask: Ask) => Promise<Reply> = grant) {
  const asked: Ask[] = [];
  const heard: [Request, Heard][] = [];
  const load = startLoad({
    client: {
      send: (ask) => {
        asked.push(ask);
        return answer(ask);
      },
      close: async () => undefined,
    },
    history: { heard: (request, told) => heard.push([request, told]) },
    now: () => performance.now(),
    random: () => 0,
    front,
    wishes,
    run: 'r',
  });
  while (load.begun < wishes.length) await pause(1);
  await load.stop();
  return { asked, heard };
}

async function grant({ key }: Ask): Promise<Reply> {
  return { status: 201, body: { id: key }, replayed: false };
}

describe('the load', () => {
  test('asks for what is wished for, under keys of the run', async () => {
    const stock: Wish = { kind: 'stock', at: 0, product: { hot: true, number: 3 }, change: 5 };
    const { asked, heard } = await play([order, { kind: 'charge', at: 0, buyer: 1, amount: 7 }, stock]);
    expect(asked.map(({ path, key, token }) => [path, key, token])).toEqual([
      ['/api/orders', 'r-0', 't'],
      ['/api/balance/charge', 'r-1', 't'],
      ['/api/admin/products/p3/stock', 'r-2', 'a'],
    ]);
    expect(asked[0]?.body).toEqual({ userId: 'user-00001', items: [{ productId: 'p2', quantity: 1 }] });
    expect(asked[2]?.body).toEqual({ change: 5 });
    expect(heard[2]?.[0].body).toEqual({ productId: 'p3', change: 5 });
  });

  test('takes back the order that was wished for so many wishes before, once it is placed', async () => {
    const { asked } = await play([order, { kind: 'cancel', at: 0, wishesAgo: 1 }]);
    expect(asked[1]).toMatchObject({ path: '/api/orders/r-0/cancel', key: 'r-1', token: 't' });
  });

  test('takes back nothing that was not placed', async () => {
    const refuse = async (): Promise<Reply> => ({ status: 409, body: { code: 'sold-out' }, replayed: false });
    const { asked } = await play([order, { kind: 'cancel', at: 0, wishesAgo: 1 }], refuse);
    expect(asked).toHaveLength(1);
  });

  test('sends twice under one key, and hangs up, where that is wished', async () => {
    const { asked } = await play([
      { ...order, againAfterMs: 0 },
      { ...order, hangUpAfterMs: 9 },
    ]);
    expect(asked.map(({ key, hangUpAfterMs }) => [key, hangUpAfterMs])).toEqual([
      ['r-0', undefined],
      ['r-0', undefined],
      ['r-1', 9],
    ]);
  });

  test('asks once more for what was granted, and not for what was refused, where that is wished', async () => {
    const wish = { ...order, againWhenToldMs: 1 };
    expect((await play([wish])).asked.map(({ key }) => key)).toEqual(['r-0', 'r-0']);
    const refuse = async (): Promise<Reply> => ({ status: 409, body: { code: 'sold-out' }, replayed: false });
    expect((await play([wish], refuse)).asked).toHaveLength(1);
  });

  test('writes nothing down of a change that has no key', async () => {
    const details: Wish = { kind: 'details', at: 0, product: { hot: false, number: 4 }, details: { price: 9 } };
    const { asked, heard } = await play([details], () => Promise.reject(new Error('cut off')));
    expect(asked).toMatchObject([{ method: 'PATCH', path: '/api/admin/products/p4', body: { price: 9 } }]);
    expect(heard).toEqual([]);
  });
});
