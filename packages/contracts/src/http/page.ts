import { z } from 'zod';

/** A keyset page: `next` is the cursor of the page after it, absent on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });
