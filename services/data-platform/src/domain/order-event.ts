import { id } from '@onsale/contracts';
import { z } from 'zod';

const word = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[!-~]+$/, 'printable ASCII without blanks');

/** An event about an order, as CloudEvents 1.0 in JSON; whatever else the data hold is kept as it is. */
export const orderEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id,
  type: word,
  source: word,
  subject: z.string().min(1).max(200).optional(),
  time: z.iso.datetime(),
  data: z.looseObject({ orderId: id }),
});

export type OrderEvent = z.infer<typeof orderEvent>;

export const receipt = z.object({ eventId: id, orderId: id });

export type Receipt = z.infer<typeof receipt>;

export const delivery = z.object({
  eventId: id,
  type: z.string(),
  orderId: id,
  receivedAt: z.iso.datetime(),
  data: z.looseObject({ orderId: id }),
});
