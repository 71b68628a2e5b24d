import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MAX_ORDER_ITEMS } from '@onsale/contracts';
import { seedProducts, USER_COUNT } from '@onsale/seed';
import { DROP_SEED, dropFile } from '../drop-file.ts';
import { generateDrop } from './generate-drop.ts';
import { printScenario } from './print-scenario.ts';
import { SCARCE } from './scarce.ts';
import { scenario } from './scenario.ts';

describe('the drop', () => {
  const drop = generateDrop(DROP_SEED);
  const orders = drop.steps.filter((step) => step.kind === 'order');

  test('is what its file holds', () => {
    expect(readFileSync(dropFile, 'utf8')).toBe(printScenario(drop));
  });

  test('follows its schema', () => {
    expect(scenario.parse(JSON.parse(printScenario(drop)))).toEqual(drop);
  });

  test('lets two thousand buyers charge, and every one of them order', () => {
    expect(drop.steps.filter((step) => step.kind === 'charge')).toHaveLength(2_000);
    expect(new Set(orders.map(({ buyer }) => buyer)).size).toBe(2_000);
    for (const { buyer } of drop.steps) expect(buyer).toBeLessThanOrEqual(USER_COUNT);
  });

  test('wants the scarce product several times over, a piece at a time', () => {
    const wanted = orders.flatMap(({ items }) => items).filter(([product]) => product === SCARCE);
    expect(wanted.length).toBeGreaterThan(400);
    for (const [, quantity] of wanted) expect(quantity).toBe(1);
  });

  test('has baskets that the shop accepts', () => {
    const known = new Set([SCARCE, ...seedProducts().map(({ id }) => id)]);
    for (const { items } of orders) {
      const products = items.map(([product]) => product);
      expect(new Set(products).size).toBe(products.length);
      expect(products.length).toBeLessThanOrEqual(MAX_ORDER_ITEMS);
      for (const product of products) expect(known.has(product)).toBe(true);
    }
  });

  test('has few products that many want, and many that few want', () => {
    const wanted = new Map<string, number>();
    for (const [product] of orders.flatMap(({ items }) => items)) wanted.set(product, (wanted.get(product) ?? 0) + 1);
    wanted.delete(SCARCE);
    const counts = [...wanted.values()].sort((one, other) => other - one);
    const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
    expect(sum(counts.slice(0, 20))).toBeGreaterThan(sum(counts) / 3);
    expect(counts.length).toBeGreaterThan(250);
  });

  test('cancels orders of the same buyer, and never the scarce product', () => {
    const cancels = drop.steps.filter((step) => step.kind === 'cancel');
    expect(cancels.length).toBeGreaterThan(30);
    for (const { order, buyer, at } of cancels) {
      const cancelled = drop.steps[order];
      expect(cancelled).toMatchObject({ kind: 'order', buyer });
      expect(at).toBeGreaterThan(cancelled?.at ?? Number.POSITIVE_INFINITY);
    }
  });
});
