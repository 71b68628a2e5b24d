import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Crowd, drawWishes } from './draw-wishes.ts';
import type { ProductPlace, Wish } from './wish.ts';

const crowd: Crowd = { rate: 60, buyers: 40, hotProducts: 4, otherProducts: 10 };

function first(count: number, seed: number, wanted: Crowd = crowd): Wish[] {
  const wishes: Wish[] = [];
  for (const wish of drawWishes(seed, wanted)) {
    wishes.push(wish);
    if (wishes.length === count) break;
  }
  return wishes;
}

function productsOf(wish: Wish): ProductPlace[] {
  if (wish.kind === 'order') return wish.items.map(({ product }) => product);
  return wish.kind === 'stock' || wish.kind === 'details' ? [wish.product] : [];
}

describe('the wishes of a crowd', () => {
  test('are the same from the same seed, and others from another', () => {
    expect(first(200, 7)).toEqual(first(200, 7));
    expect(first(200, 7)).not.toEqual(first(200, 8));
  });

  test('come at the rate that was asked for', () => {
    const last = first(6_000, 3).at(-1);
    expect((last?.at ?? 0) / 1_000).toBeGreaterThan(90);
    expect((last?.at ?? 0) / 1_000).toBeLessThan(110);
  });

  test('are of every kind, with every trouble', () => {
    const wishes = first(2_000, 5);
    expect(new Set(wishes.map(({ kind }) => kind))).toEqual(new Set(['order', 'charge', 'cancel', 'stock', 'details']));
    expect(wishes.some((wish) => 'againAfterMs' in wish && wish.againAfterMs === 0)).toBe(true);
    expect(wishes.some((wish) => 'hangUpAfterMs' in wish)).toBe(true);
    expect(wishes.some((wish) => 'againWhenToldMs' in wish)).toBe(true);
    expect(wishes.some((wish) => wish.kind === 'stock' && wish.change < 0)).toBe(true);
  });

  test('name only what is there, each product of a basket once, and never come before one another', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), (seed, hot, other) => {
        const wanted = { ...crowd, hotProducts: hot, otherProducts: other };
        let before = 0;
        for (const wish of first(50, seed, wanted)) {
          expect(wish.at).toBeGreaterThanOrEqual(before);
          before = wish.at;
          const products = productsOf(wish);
          for (const product of products) expect(product.number).toBeLessThan(product.hot ? hot : other);
          expect(new Set(products.map(({ hot, number }) => `${hot} ${number}`)).size).toBe(products.length);
          if (wish.kind === 'order') expect(wish.items.length).toBeGreaterThan(0);
          if ('buyer' in wish) expect(wish.buyer).toBeLessThanOrEqual(wanted.buyers);
        }
      }),
    );
  });
});
