import type { Ask } from '../../../load-tests/src/sale/client.ts';
import type { Customer } from './customer.ts';
import type { Request } from './request.ts';

interface Asked {
  readonly customer: Customer;
  readonly key: string;
  readonly path: string;
  /** What is sent. */
  readonly body: object;
}

function requestOf(kind: Request['kind'], { customer, key, path, body }: Asked): Request {
  const { number, userId, token } = customer;
  return { kind, buyer: number, userId, key, ask: { method: 'POST', path, token, key, body }, body };
}

export interface Item {
  readonly productId: string;
  readonly quantity: number;
}

export function orderOf(customer: Customer, key: string, items: readonly Item[]): Request {
  return requestOf('order', { customer, key, path: '/api/orders', body: { userId: customer.userId, items } });
}

/** `amount` in won. */
export function chargeOf(customer: Customer, key: string, amount: number): Request {
  const body = { userId: customer.userId, amount };
  return requestOf('charge', { customer, key, path: '/api/balance/charge', body });
}

export function cancelOf(customer: Customer, key: string, orderId: string): Request {
  return requestOf('cancel', { customer, key, path: `/api/orders/${orderId}/cancel`, body: {} });
}

export interface StockChange {
  readonly productId: string;
  /** Pieces to add, or to take away when negative. */
  readonly change: number;
}

export function stockOf(admin: Customer, key: string, { productId, change }: StockChange): Request {
  const path = `/api/admin/products/${productId}/stock`;
  const request = requestOf('stock', { customer: admin, key, path, body: { change } });
  // The path says which product; the history has no paths.
  return { ...request, body: { productId, change } };
}

/** Has no key: a price or a name set twice is set once. */
export function detailsOf(admin: Customer, productId: string, details: object): Ask {
  return { method: 'PATCH', path: `/api/admin/products/${productId}`, token: admin.token, body: details };
}
