import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumSales } from './sale.ts';

test('the same product twice in a sale, and in many sales, is one change', () => {
  expect(
    sumSales([
      {
        day: '2026-11-21',
        items: [
          { productId: 'b', quantity: 2 },
          { productId: 'b', quantity: 3 },
          { productId: 'a', quantity: 1 },
        ],
      },
      { day: '2026-11-20', items: [{ productId: 'b', quantity: -4 }] },
      { day: '2026-11-21', items: [{ productId: 'a', quantity: -1 }] },
    ]),
  ).toEqual([
    { day: '2026-11-20', productId: 'b', change: -4 },
    { day: '2026-11-21', productId: 'a', change: 0 },
    { day: '2026-11-21', productId: 'b', change: 5 },
  ]);
});

test('whatever the sales and their order, the changes are the same, once each and sorted', () => {
  const sale = fc.record({
    day: fc.constantFrom('2026-11-20', '2026-11-21'),
    items: fc.array(
      fc.record({
        productId: fc.constantFrom('a', 'B', '~', '10', '9'),
        quantity: fc.integer({ min: -100, max: 100 }),
      }),
    ),
  });
  fc.assert(
    fc.property(fc.array(sale), (sales) => {
      const changes = sumSales(sales);
      expect(sumSales(sales.toReversed())).toEqual(changes);
      const places = changes.map(({ day, productId }) => `${day} ${productId}`);
      expect(places).toEqual([...new Set(places)].sort());
      const pieces = sales.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
      expect(changes.reduce((sum, { change }) => sum + change, 0)).toBe(pieces);
    }),
  );
});
