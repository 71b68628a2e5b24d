import { z } from 'zod';

/** How a client misbehaves, or its network. */
const trouble = {
  /** The same request under the same key once more, this long after the first (0: both at once), in ms. */
  againAfterMs: z.int().nonnegative().optional(),
  /** The client hangs up this long after sending, in ms, and asks again later. */
  hangUpAfterMs: z.int().nonnegative().optional(),
};

const step = {
  /** When, in ms from the start. Arrivals are open: nobody waits for anybody's answer. */
  at: z.int().nonnegative(),
  /** Who: the number of a seeded user. */
  buyer: z.int().positive(),
  ...trouble,
};

/** A product's id, or 'scarce' for the one that is made for the run. */
const basketItem = z.tuple([z.string(), z.int().positive()]);

const chargeStep = z.strictObject({ kind: z.literal('charge'), ...step, amount: z.int().positive() });
const orderStep = z.strictObject({ kind: z.literal('order'), ...step, items: z.array(basketItem).min(1) });
/** Takes back the order of another step, if that one was placed. */
const cancelStep = z.strictObject({ kind: z.literal('cancel'), ...step, order: z.int().nonnegative() });

const anyStep = z.discriminatedUnion('kind', [chargeStep, orderStep, cancelStep]);

/** Who wants what, when: data, so that every load generator plays the same. */
export const scenario = z.strictObject({
  name: z.string(),
  seed: z.int(),
  scarce: z.strictObject({
    name: z.string(),
    nameKo: z.string(),
    price: z.int().positive(),
    stock: z.int().positive(),
  }),
  /** Buyers who log in for real; the others' tokens are minted. */
  logins: z.array(z.int().positive()),
  /** A step's number is its place in this list, which `order` of a cancellation names. */
  steps: z.array(anyStep).min(1),
});

export type Scenario = z.infer<typeof scenario>;
export type Step = z.infer<typeof anyStep>;
export type BasketItem = z.infer<typeof basketItem>;
export type Trouble = Pick<Step, 'againAfterMs' | 'hangUpAfterMs'>;
