import { chargeAnswer, chargeAsked, orderAnswer, orderAsked } from './answer-shapes.ts';
import { canonical } from './canonical.ts';
import type { KeyState, OrderState } from './key-state.ts';
import type { KeyStory } from './key-story.ts';

interface Basket {
  readonly items: readonly { readonly productId: string; readonly quantity: number; readonly unitPrice?: number }[];
}

const piecesOf = ({ items }: Basket): string =>
  canonical(items.map(({ productId, quantity }) => [productId, quantity]).sort());

const pricesOf = ({ items }: Basket): string =>
  canonical(items.map(({ productId, quantity, unitPrice }) => [productId, quantity, unitPrice]).sort());

function judgeOrder(story: KeyStory, order: OrderState): string[] {
  const problems: string[] = [];
  const asked = orderAsked.safeParse(story.asked).data;
  if (order.userId !== story.userId) problems.push("the order is another user's");
  if (story.kind === 'order' && asked && piecesOf(asked) !== piecesOf(order)) {
    problems.push('the order holds other pieces than were asked for');
  }
  if (story.kind === 'cancel' && order.status !== 'CANCELLED') problems.push('the cancelled order is not cancelled');
  if (story.answer === undefined) return problems;
  const told = orderAnswer.safeParse(story.answer).data;
  if (told === undefined) return [...problems, 'the 2xx answer is not an order'];
  if (told.total !== order.total || told.userId !== order.userId || pricesOf(told) !== pricesOf(order)) {
    problems.push('the order has other numbers than were answered');
  }
  return problems;
}

function judgeCharge(story: KeyStory, charge: NonNullable<KeyState['charge']>): string[] {
  const problems: string[] = [];
  const asked = chargeAsked.safeParse(story.asked).data;
  if (charge.userId !== story.userId) problems.push("the charge is another user's");
  if (asked && asked.amount !== charge.amount) problems.push('the charge is of another amount than was asked for');
  if (story.answer === undefined) return problems;
  const told = chargeAnswer.safeParse(story.answer).data;
  if (told === undefined) return [...problems, 'the 2xx answer is not a charge'];
  if (told.userId !== charge.userId || told.balance !== charge.balanceAfter) {
    problems.push('the charge has other numbers than were answered');
  }
  return problems;
}

/** Compares the effect in the tables with what was asked and what was answered; absent is a problem of its own. */
export function judgeEffect(story: KeyStory, state: KeyState): string[] {
  if (story.kind === 'charge') {
    return state.charge ? judgeCharge(story, state.charge) : ['there is no such charge'];
  }
  return state.order ? judgeOrder(story, state.order) : ['there is no such order'];
}
