import { z } from 'zod';
import { call } from './call.ts';

const page = z.object({
  items: z.array(
    z.object({
      eventId: z.string(),
      type: z.string(),
      orderId: z.string(),
      receivedAt: z.string(),
      data: z.looseObject({ orderId: z.string() }),
    }),
  ),
  next: z.string().optional(),
});

/** An event as the data platform shows it. */
export type DeliveredOrder = z.infer<typeof page>['items'][number];

/** All that a data platform says it has, in the order it came. */
export async function deliveredOrders({ url, key }: { url: string; key: string }): Promise<DeliveredOrder[]> {
  const delivered: DeliveredOrder[] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { items, next } = page.parse((await call(`${url}/orders?limit=1000${after}`, { token: key })).body);
    delivered.push(...items);
    cursor = next;
  } while (cursor !== undefined);
  return delivered;
}
