import { z } from 'zod';
import type { Heard } from './outcome.ts';

const order = z.object({ id: z.string() });

/** The id of the order that was answered, if one was placed. */
export function placedOrderId(heard: Heard | undefined): string | undefined {
  return heard?.outcome === 'ok' ? order.safeParse(heard.response).data?.id : undefined;
}
