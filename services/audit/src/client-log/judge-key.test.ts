import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeKey } from './judge-key.ts';
import type { KeyState } from './key-state.ts';
import type { KeyStory } from './key-story.ts';

const items = [
  { productId: 'pen', quantity: 2, unitPrice: 100 },
  { productId: 'cup', quantity: 1, unitPrice: 250 },
];
const order = { id: 'o1', userId: 'ann', status: 'COMPLETED', total: 450, items };
const asked = { userId: 'ann', items: items.map(({ productId, quantity }) => ({ productId, quantity })) };
const charge = { id: 'e1', userId: 'ann', amount: 500, balanceAfter: 700 };
const charged = { userId: 'ann', balance: 700, entryId: 'e1' };

const story = (more: Partial<KeyStory>): KeyStory => ({
  userId: 'ann',
  kind: 'order',
  key: 'k1',
  asked,
  attempts: 1,
  refusals: 0,
  unknowns: 0,
  lastAt: 0,
  ...more,
});
const chargeStory = (more: Partial<KeyStory>) =>
  story({ kind: 'charge', asked: { userId: 'ann', amount: 500 }, ...more });
const stockChange = { id: 's1', productId: 'pen', change: 30 };
const restocked = { id: 'pen', stock: 42, version: 7 };
const stockStory = (more: Partial<KeyStory>) =>
  story({ kind: 'stock', userId: 'admin', asked: { productId: 'pen', change: 30 }, ...more });
const done: KeyState = { reference: 'o1', order };
const kept = { answersKept: true };

describe('one story', () => {
  test.each<[string, KeyStory, KeyState]>([
    ['an order answered', story({ answer: order }), done],
    ['an order answered, its items in another order', story({ answer: { ...order, items: items.toReversed() } }), done],
    [
      'an order answered and cancelled since',
      story({ answer: order }),
      { ...done, order: { ...order, status: 'CANCELLED' } },
    ],
    ['an order refused', story({ refusals: 1 }), {}],
    ['an order unknown and not made', story({ unknowns: 1 }), {}],
    ['an order unknown and made', story({ unknowns: 1 }), done],
    ['an order unknown, then refused, and made', story({ unknowns: 1, refusals: 1 }), done],
    ['a charge answered', chargeStory({ answer: charged }), { reference: 'e1', charge }],
    ['a charge unknown and made', chargeStory({ unknowns: 1 }), { reference: 'e1', charge }],
    [
      'a cancellation answered',
      story({ kind: 'cancel', asked: {}, answer: { ...order, status: 'CANCELLED' } }),
      { reference: 'o1', order: { ...order, status: 'CANCELLED' } },
    ],
    ['a change of stock answered', stockStory({ answer: restocked }), { reference: 's1', stockChange }],
    ['a change of stock unknown and made', stockStory({ unknowns: 1 }), { reference: 's1', stockChange }],
    ['a change of stock unknown and not made', stockStory({ unknowns: 1 }), {}],
    ['a change of stock refused', stockStory({ refusals: 1 }), {}],
  ])('%s', (_, told, state) => {
    expect(judgeKey(told, state, kept)).toEqual([]);
  });

  test.each<[string, KeyStory, KeyState]>([
    ['an order', story({ answer: order }), { order }],
    ['a change of stock, which nothing names then', stockStory({ answer: restocked }), {}],
  ])('an answer that is no longer stored, because it is old: %s', (_, told, state) => {
    expect(judgeKey(told, state, { answersKept: false })).toEqual([]);
  });
});

describe('two stories', () => {
  test.each<[string, KeyStory, KeyState]>([
    ['a 2xx answer is not stored under its key', story({ answer: order }), { order }],
    ['there is no such order', story({ answer: order }), { reference: 'o1' }],
    ['the stored answer names another effect', story({ answer: order }), { ...done, reference: 'o2' }],
    ['other numbers', story({ answer: { ...order, total: 451 } }), done],
    ['other numbers', story({ answer: { ...order, items: items.slice(1) } }), done],
    ["another user's", story({ answer: order, userId: 'ben' }), done],
    ['other pieces than were asked for', story({ answer: order, asked: { items: [] } }), done],
    ['other pieces than were asked for', story({ unknowns: 1, asked: { items: [] } }), done],
    ['the 2xx answer is not an order', story({ answer: 'fine' }), done],
    ['two different 2xx answers', story({ answer: order, contradiction: { ...order, id: 'o2' } }), done],
    ['refused (sold-out) after it had been granted', story({ answer: order, refusedAfterAnswer: 'sold-out' }), done],
    ['a refused request left an effect', story({ refusals: 1 }), done],
    ['there is no such order', story({ unknowns: 1 }), { reference: 'o1' }],
    ['there is no such charge', chargeStory({ answer: charged }), { reference: 'e1' }],
    ['another amount', chargeStory({ answer: charged, asked: { amount: 1 } }), { reference: 'e1', charge }],
    ['other numbers', chargeStory({ answer: { ...charged, balance: 1 } }), { reference: 'e1', charge }],
    ['the 2xx answer is not a charge', chargeStory({ answer: {} }), { reference: 'e1', charge }],
    ["another user's", chargeStory({ unknowns: 1, userId: 'ben' }), { reference: 'e1', charge }],
    ['a 2xx answer is not stored under its key', stockStory({ answer: restocked }), {}],
    ['there is no such change of stock', stockStory({ answer: restocked }), { reference: 's1' }],
    ['there is no such change of stock', stockStory({ unknowns: 1 }), { reference: 's1' }],
    [
      'another than was asked for',
      stockStory({ answer: restocked, asked: { productId: 'pen', change: 31 } }),
      { reference: 's1', stockChange },
    ],
    [
      'another than was asked for',
      stockStory({ unknowns: 1, asked: { productId: 'cup', change: 30 } }),
      { reference: 's1', stockChange },
    ],
    ['about another product', stockStory({ answer: { ...restocked, id: 'cup' } }), { reference: 's1', stockChange }],
    ['the 2xx answer is not a product', stockStory({ answer: 'fine' }), { reference: 's1', stockChange }],
    [
      'two different 2xx answers',
      stockStory({ answer: restocked, contradiction: { ...restocked, version: 8 } }),
      { reference: 's1', stockChange },
    ],
    ['a refused request left an effect', stockStory({ refusals: 1 }), { reference: 's1', stockChange }],
    ['is not cancelled', story({ kind: 'cancel', asked: {}, answer: order }), done],
  ])('%s', (problem, told, state) => {
    expect(judgeKey(told, state, kept).join()).toContain(problem);
  });
});

test('whatever number differs between the answer and the row is seen', () => {
  const differing = fc.record({
    total: fc.nat(1_000),
    quantities: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    prices: fc.tuple(fc.nat(500), fc.nat(500)),
  });
  fc.assert(
    fc.property(differing, ({ total, quantities, prices }) => {
      const row = {
        ...order,
        total,
        items: items.map((item, index) => ({
          ...item,
          quantity: quantities[index] ?? 1,
          unitPrice: prices[index] ?? 0,
        })),
      };
      const same = total === order.total && JSON.stringify(row.items) === JSON.stringify(items);
      expect(judgeKey(story({ answer: order }), { reference: 'o1', order: row }, kept).length === 0).toBe(same);
    }),
  );
});
