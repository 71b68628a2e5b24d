import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideOrder, type Shelf } from './decide-order.ts';

const shelf = (stock: number, balance: number): Shelf => ({
  products: new Map([
    ['a', { price: 100, stock }],
    ['b', { price: 30, stock: 5 }],
  ]),
  balances: new Map([['u', balance]]),
});

describe('decideOrder', () => {
  test('grants a basket at the prices on the shelf', () => {
    const decision = decideOrder(
      {
        userId: 'u',
        items: [
          { productId: 'b', quantity: 2 },
          { productId: 'a', quantity: 1 },
        ],
      },
      shelf(1, 160),
    );
    expect(decision).toEqual({
      granted: true,
      total: 160,
      items: [
        { productId: 'b', quantity: 2, unitPrice: 30 },
        { productId: 'a', quantity: 1, unitPrice: 100 },
      ],
    });
  });

  test.each([
    ['product-not-found', [{ productId: 'c', quantity: 1 }], shelf(1, 1_000)],
    ['sold-out', [{ productId: 'a', quantity: 2 }], shelf(1, 1_000)],
    ['insufficient-points', [{ productId: 'a', quantity: 1 }], shelf(1, 99)],
  ] as const)('refuses whole with %s and takes nothing', (reason, items, before) => {
    const after = structuredClone(before);
    expect(decideOrder({ userId: 'u', items: [{ productId: 'b', quantity: 1 }, ...items] }, after)).toEqual({
      granted: false,
      reason,
    });
    expect(after).toEqual(before);
  });

  test('a user without an account has no points', () => {
    expect(decideOrder({ userId: 'nobody', items: [{ productId: 'a', quantity: 1 }] }, shelf(1, 0))).toEqual({
      granted: false,
      reason: 'insufficient-points',
    });
  });

  test('whatever is ordered, what was granted and what is left add up, and nothing goes below zero', () => {
    const basket = fc.record({
      userId: fc.constantFrom('u', 'v', 'w'),
      items: fc.uniqueArray(
        fc.record({ productId: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 4 }) }),
        { minLength: 1, selector: (item) => item.productId },
      ),
    });
    const start = fc.record({
      stockA: fc.nat(12),
      stockB: fc.nat(12),
      balanceU: fc.nat(1_000),
      balanceV: fc.nat(1_000),
    });
    fc.assert(
      fc.property(fc.array(basket, { maxLength: 40 }), start, (baskets, { stockA, stockB, balanceU, balanceV }) => {
        const left: Shelf = {
          products: new Map([
            ['a', { price: 70, stock: stockA }],
            ['b', { price: 45, stock: stockB }],
          ]),
          balances: new Map([
            ['u', balanceU],
            ['v', balanceV],
          ]),
        };
        const granted = baskets.flatMap((one) => {
          const decision = decideOrder(one, left);
          return decision.granted ? [{ ...decision, userId: one.userId }] : [];
        });
        const sold = (productId: string) =>
          granted
            .flatMap((one) => one.items)
            .reduce((sum, i) => (i.productId === productId ? sum + i.quantity : sum), 0);
        const spent = (userId: string) =>
          granted.reduce((sum, one) => (one.userId === userId ? sum + one.total : sum), 0);

        expect((left.products.get('a')?.stock ?? 0) + sold('a')).toBe(stockA);
        expect((left.products.get('b')?.stock ?? 0) + sold('b')).toBe(stockB);
        expect((left.balances.get('u') ?? 0) + spent('u')).toBe(balanceU);
        expect((left.balances.get('v') ?? 0) + spent('v')).toBe(balanceV);
        expect(spent('w')).toBe(0);
        for (const product of left.products.values()) expect(product.stock).toBeGreaterThanOrEqual(0);
        for (const balance of left.balances.values()) expect(balance).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
