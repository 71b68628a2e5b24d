import { describe, expect, test } from '@jest/globals';
import { createProductBody } from '@onsale/contracts';
import { seedProducts } from './seed-products.ts';

describe('the seeded catalogue', () => {
  const products = seedProducts();

  test('has 500 products, each with its own id and name', () => {
    expect(products).toHaveLength(500);
    expect(new Set(products.map(({ id }) => id)).size).toBe(500);
    expect(new Set(products.map(({ name }) => name)).size).toBe(500);
    expect(new Set(products.map(({ nameKo }) => nameKo)).size).toBe(500);
  });

  test('is the same at every call', () => {
    expect(seedProducts()).toEqual(products);
  });

  test('holds only what the admin could create through the API', () => {
    for (const { id: _, ...body } of products) expect(createProductBody.parse(body)).toEqual(body);
  });

  test('has prices as shops write them', () => {
    for (const { price } of products) expect(price % 1000).toBe(900);
  });
});
