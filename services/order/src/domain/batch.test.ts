import { expect, test } from '@jest/globals';
import { productsOf } from './batch.ts';
import type { Basket } from './decide-order.ts';

const basket = (...productIds: string[]): Basket => ({
  userId: 'u',
  items: productIds.map((productId) => ({ productId, quantity: 1 })),
});

test('a batch names its products once each, in the order in which they are locked', () => {
  expect(productsOf([basket('c', 'a'), basket('b', 'a')])).toEqual(['a', 'b', 'c']);
});
