import type { Shop } from '@onsale/tests/support';

export interface Sales {
  /** Ends the selling, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Buyers who order, and take some orders back, until they are stopped. */
export async function sellAtRandom(shop: Shop, productIds: readonly string[], buyers = 4): Promise<Sales> {
  let selling = true;
  const people = await Promise.all(Array.from({ length: buyers }, () => shop.createBuyer()));
  const at = (index: number) => productIds[index % productIds.length] ?? '';
  const shopping = people.map(async (buyer, person) => {
    for (let turn = 0; selling; turn += 1) {
      const items = [{ productId: at(person + turn), quantity: 1 + (turn % 3) }];
      if (turn % 2 === 0) items.push({ productId: at(person + turn + 1), quantity: 1 });
      const answer = await shop.order(buyer, items);
      if (answer.status === 201 && turn % 4 === 0) await shop.cancel(buyer, answer.body.id);
    }
  });
  return {
    stop: async () => {
      selling = false;
      await Promise.all(shopping);
    },
  };
}

/** What the orders themselves say was sold since the instant, by product. */
export async function soldByOrders(shop: Shop, since: Date): Promise<Record<string, number>> {
  const rows = await shop.rows(
    `SELECT product_id, CAST(SUM(IF(status = 'COMPLETED', quantity, 0)) AS SIGNED) AS sold
       FROM orders JOIN order_items ON order_id = id WHERE created_at >= ? GROUP BY product_id`,
    [since],
  );
  return Object.fromEntries(rows.map((row) => [row.product_id, row.sold]));
}

/** How many of the orders' events nobody has counted yet. */
export async function uncounted(shop: Shop): Promise<number> {
  const [row] = await shop.rows(
    `SELECT COUNT(*) AS count FROM outbox WHERE topic IN ('order-completed', 'order-cancelled') AND NOT EXISTS
       (SELECT 1 FROM inbox WHERE inbox.consumer = 'bestseller' AND inbox.event_id = outbox.event_id)`,
  );
  return row.count;
}
