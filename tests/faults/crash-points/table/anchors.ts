import type { Anchor, Note } from './anchor.ts';
import { answerAnchors } from './answer-anchors.ts';
import { cancelAnchors } from './cancel-anchors.ts';
import { chargeAnchors } from './charge-anchors.ts';
import { eventAnchors } from './event-anchors.ts';
import { orderAnchors } from './order-anchors.ts';
import { productAnchors } from './product-anchors.ts';
import { transactionAnchors, transactionNotes } from './transaction-anchors.ts';

/** Where every step stands in the product's source. */
export const anchors: readonly Anchor[] = [
  ...orderAnchors,
  ...cancelAnchors,
  ...chargeAnchors,
  ...productAnchors,
  ...eventAnchors,
  ...transactionAnchors,
  ...answerAnchors,
];

export const notes: readonly Note[] = transactionNotes;
