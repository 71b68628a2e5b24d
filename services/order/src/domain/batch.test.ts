import { describe, expect, test } from '@jest/globals';
import { batchSize, MAX_BATCH_ORDERS, MAX_BATCH_PRODUCTS, productsOf } from './batch.ts';
import type { Basket } from './decide-order.ts';

const basket = (...productIds: string[]): Basket => ({
  userId: 'u',
  items: productIds.map((productId) => ({ productId, quantity: 1 })),
});

describe('a batch', () => {
  test('names its products once each, in the order in which they are locked', () => {
    expect(productsOf([basket('c', 'a'), basket('b', 'a')])).toEqual(['a', 'b', 'c']);
  });

  test('of one product holds as many orders as a transaction may', () => {
    expect(batchSize(Array.from({ length: 1_000 }, () => basket('a')))).toBe(MAX_BATCH_ORDERS);
  });

  test('holds no more orders than it is told', () => {
    expect(batchSize([basket('a'), basket('a'), basket('a')], 2)).toBe(2);
  });

  test('ends before the order that would lock too many products', () => {
    const baskets = Array.from({ length: 40 }, (_, index) => basket(`p${index}`));
    expect(batchSize(baskets)).toBe(MAX_BATCH_PRODUCTS);
  });

  test('always takes the first order', () => {
    expect(batchSize([basket(...Array.from({ length: 40 }, (_, index) => `p${index}`))])).toBe(1);
  });
});
