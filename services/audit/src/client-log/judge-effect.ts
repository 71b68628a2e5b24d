import { chargeAnswer, chargeAsked, orderAnswer, orderAsked, stockAnswer, stockAsked } from './answer-shapes.ts';
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

function judgeStockChange(story: KeyStory, made: NonNullable<KeyState['stockChange']>): string[] {
  const problems: string[] = [];
  const asked = stockAsked.safeParse(story.asked).data;
  if (asked && (asked.productId !== made.productId || asked.change !== made.change)) {
    problems.push('the change of stock is another than was asked for');
  }
  if (story.answer === undefined) return problems;
  const told = stockAnswer.safeParse(story.answer).data;
  if (told === undefined) return [...problems, 'the 2xx answer is not a product'];
  if (told.id !== made.productId) problems.push('the answer is about another product');
  return problems;
}

/** Compares the effect in the tables with what was asked and what was answered; absent is a problem of its own. */
export function judgeEffect(story: KeyStory, state: KeyState): string[] {
  switch (story.kind) {
    case 'charge':
      return state.charge ? judgeCharge(story, state.charge) : ['there is no such charge'];
    case 'order':
    case 'cancel':
      return state.order ? judgeOrder(story, state.order) : ['there is no such order'];
    case 'stock':
      return state.stockChange ? judgeStockChange(story, state.stockChange) : ['there is no such change of stock'];
  }
}
