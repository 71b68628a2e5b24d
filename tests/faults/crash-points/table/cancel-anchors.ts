import type { Anchor } from './anchor.ts';

const anchor = (step: string, place: Anchor['place'], text: string): Anchor => ({
  step,
  file: 'services/order/src/usecases/cancel-order.ts',
  text,
  place,
  of: 'orders.cancel',
  detail: 'orderId',
});

/** The steps of taking an order back. */
export const cancelAnchors: readonly Anchor[] = [
  anchor('received', 'before', 'let cancelled: Cancelled | undefined;'),
  anchor('order read', 'before', 'const changed = await tx.change('),
  anchor('order cancelled', 'before', 'const products = await lockProducts('),
  anchor('products locked', 'before', 'const accounts = await lockAccounts(tx, [userId]);'),
  anchor('accounts locked', 'after', 'const accounts = await lockAccounts(tx, [userId]);'),
  anchor('stock moved', 'before', 'const points = await postEntries('),
  anchor('points posted', 'before', 'await writeOutbox('),
  anchor(
    'outbox written',
    'after',
    'await writeOutbox(tx, [cancellationEvent(order, now, nextId), ...points.events, ...stock.events]);',
  ),
  anchor('redis told', 'after', 'ports.soldOut.note(cancelled.products),\n    ]);'),
];
