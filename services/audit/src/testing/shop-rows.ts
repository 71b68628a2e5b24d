import {
  balanceChanged,
  type DomainEvent,
  orderCancelled,
  orderCompleted,
  paymentSucceeded,
  productChanged,
} from '@onsale/contracts';
import { dayOf } from './day-of.ts';

type Value = string | number | Date | null;
export type TableRows = Record<string, Record<string, Value>[]>;
export type ClientLine = Record<string, unknown>;

interface Basket {
  readonly id: string;
  readonly userId: string;
  readonly key: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number; readonly unitPrice: number }[];
}

interface Placed extends Pick<Basket, 'userId' | 'items'> {
  readonly total: number;
  readonly placedAt: Date;
  readonly response: ClientLine;
}

/** The user id of the one who changes the stock. */
export const ADMIN = 'admin';

/** A shop in memory that keeps every promise, written down as rows of its tables. */
export interface ShopRows {
  readonly tables: TableRows;
  signUp(userId: string): void;
  stockUp(productId: string, price: number, stock: number): void;
  /** Without a key: seeded, and told to nobody. Answers the response. */
  charge(userId: string, amount: number, key?: string): ClientLine;
  order(basket: Basket): ClientLine;
  cancel(orderId: string, key: string): ClientLine;
  /** Adds pieces, as the admin asked for under the key; answers the response. */
  restock(productId: string, pieces: number, key: string): ClientLine;
  /** Goes on to a later moment. */
  passTo(time: Date): void;
  /** Writes down what a day sold, as the statistics have it. */
  takeSnapshot(day: string, takenAt: Date): void;
  session(familyId: string, userId: string, tokens: readonly ('used' | 'live' | 'revoked')[]): void;
}

/** An empty shop whose rows are from `start` until it goes on to another moment. */
export function shopRows(start: Date): ShopRows {
  let now = start;
  const commerce = [
    'products',
    'stock_changes',
    'point_accounts',
    'point_entries',
    'orders',
    'order_items',
    'outbox',
    'inbox',
  ];
  const bestsellers = ['product_statistics', 'bestseller_snapshots', 'bestseller_snapshot_items'];
  const names = [...commerce, ...bestsellers, 'idempotency_keys', 'users', 'refresh_tokens'] as const;
  const tables: TableRows = Object.fromEntries(names.map((name) => [name, []]));
  const add = (table: string, row: Record<string, Value>) => tables[table]?.push(row);
  const find = (table: string, column: string, id: string) => tables[table]?.find((row) => row[column] === id);
  let count = 0;
  const next = (kind: string) => `${kind}-${++count}`;

  const tell = ({ id, topic, key, type, source, data }: DomainEvent) =>
    add('outbox', {
      event_id: id,
      topic,
      message_key: key,
      type,
      source,
      data: JSON.stringify(data),
      created_at: now,
      sent_at: now,
    });
  /** Tells the statistics too, which count it at once. */
  const tellSale = (event: DomainEvent, { items, placedAt }: Pick<Placed, 'items' | 'placedAt'>, sign: 1 | -1) => {
    tell(event);
    add('inbox', { consumer: 'bestseller', event_id: event.id, handled_at: now });
    const day = dayOf(placedAt);
    for (const { productId, quantity } of items) {
      let row = tables.product_statistics?.find((one) => one.day === day && one.product_id === productId);
      if (row === undefined) {
        row = { day, product_id: productId, quantity_sold: 0, version: 0 };
        add('product_statistics', row);
      }
      row.quantity_sold = Number(row.quantity_sold) + sign * quantity;
      row.version = Number(row.version) + 1;
    }
  };
  const fact = <Data extends object>(data: Data) => ({ id: next('event'), source: 'order', time: now, data });
  const keep = (route: string, userId: string, key: string, reference: string, response: ClientLine) =>
    add('idempotency_keys', {
      user_id: userId,
      route,
      idempotency_key: key,
      request_hash: '0'.repeat(64),
      status: 200,
      response: JSON.stringify(response),
      reference,
      created_at: now,
    });

  function post(userId: string, kind: 'charge' | 'order' | 'refund', amount: number, reference?: string) {
    let account = find('point_accounts', 'user_id', userId);
    if (account === undefined) {
      account = { user_id: userId, balance: 0, version: 0, updated_at: now };
      add('point_accounts', account);
    }
    const balance = Number(account.balance) + amount;
    const version = Number(account.version) + 1;
    Object.assign(account, { balance, version });
    const entryId = next('entry');
    const entry = { id: entryId, user_id: userId, kind, reference: reference ?? entryId, amount };
    add('point_entries', { ...entry, balance_after: balance, version, created_at: now });
    return {
      entryId,
      balance,
      tell: () => tell(balanceChanged.create(fact({ userId, balance, version, entryId, kind, amount }))),
    };
  }

  const move = (productId: string, pieces: number) => {
    const product = find('products', 'id', productId);
    if (product) product.stock = Number(product.stock) + pieces;
  };
  const orders = new Map<string, Placed>();

  return {
    tables,
    signUp: (id) =>
      add('users', { id, email: `${id}@example.com`, name: id, password_hash: '-', role: 'user', created_at: now }),
    stockUp: (id, price, stock) => {
      add('products', { id, name: id, name_ko: id, price, stock, version: 1, created_at: now, updated_at: now });
      add('stock_changes', {
        id: next('change'),
        product_id: id,
        change_by: stock,
        kind: 'created',
        reference: id,
        created_at: now,
      });
    },
    charge: (userId, amount, key) => {
      const { entryId, balance, ...posted } = post(
        userId,
        'charge',
        amount,
        key === undefined ? `seed-${userId}` : undefined,
      );
      const response = { userId, balance, entryId };
      if (key !== undefined) {
        posted.tell();
        keep('points.charge', userId, key, entryId, response);
      }
      return response;
    },
    order: (basket) => {
      const { id, userId, key } = basket;
      const items = [...basket.items];
      const total = items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
      for (const { productId, quantity, unitPrice } of items) {
        move(productId, -quantity);
        add('order_items', { order_id: id, product_id: productId, quantity, unit_price: unitPrice });
      }
      add('orders', {
        id,
        user_id: userId,
        status: 'COMPLETED',
        discount: 0,
        total,
        created_at: now,
        cancelled_at: null,
      });
      const completedAt = now.toISOString();
      const sale = orderCompleted.create(fact({ orderId: id, userId, items, discount: 0, total, completedAt }));
      tellSale(sale, { items, placedAt: now }, 1);
      tell(
        paymentSucceeded.create(fact({ orderId: id, userId, method: 'points', amount: total, paidAt: completedAt })),
      );
      post(userId, 'order', -total, id).tell();
      const response = { id, userId, status: 'COMPLETED', items, discount: 0, total, createdAt: completedAt };
      keep('orders.place', userId, key, id, response);
      orders.set(id, { userId, items, total, placedAt: now, response });
      return response;
    },
    cancel: (orderId, key) => {
      const placed = orders.get(orderId);
      if (placed === undefined) throw new Error(`there is no order ${orderId}`);
      const { userId, items, total, placedAt } = placed;
      for (const { productId, quantity } of items) move(productId, quantity);
      Object.assign(find('orders', 'id', orderId) ?? {}, { status: 'CANCELLED', cancelled_at: now });
      const at = now.toISOString();
      const completedAt = placedAt.toISOString();
      const said = { orderId, userId, items: [...items], refunded: total, completedAt, cancelledAt: at };
      tellSale(orderCancelled.create(fact(said)), placed, -1);
      post(userId, 'refund', total, orderId).tell();
      const response = { ...placed.response, status: 'CANCELLED', cancelledAt: at };
      keep('orders.cancel', userId, key, orderId, response);
      return response;
    },
    restock: (productId, pieces, key) => {
      move(productId, pieces);
      const row = find('products', 'id', productId);
      if (row === undefined) throw new Error(`there is no product ${productId}`);
      row.version = Number(row.version) + 1;
      const id = next('change');
      const change = { id, product_id: productId, change_by: pieces, kind: 'restocked', reference: id };
      add('stock_changes', { ...change, created_at: now });
      const { version } = row;
      const said = { productId, version, available: true, reason: 'stock-changed' as const };
      tell(productChanged.create({ ...fact(said), source: 'product' }));
      const response = { id: productId, stock: row.stock, version };
      keep('products.stock', ADMIN, key, id, response);
      return response;
    },
    passTo: (time) => {
      now = time;
    },
    takeSnapshot: (day, takenAt) => {
      const sold = (tables.product_statistics ?? []).filter((row) => row.day === day && Number(row.quantity_sold) > 0);
      const ranked = sold.sort(
        (one, other) =>
          Number(other.quantity_sold) - Number(one.quantity_sold) ||
          (String(one.product_id) < String(other.product_id) ? -1 : 1),
      );
      add('bestseller_snapshots', { day, taken_at: takenAt, entries: ranked.length, unhandled_events: 0 });
      for (const [index, { product_id, quantity_sold }] of ranked.entries()) {
        const names = { name: String(product_id), name_ko: String(product_id) };
        const item = { product_id: String(product_id), ...names, quantity_sold: Number(quantity_sold) };
        add('bestseller_snapshot_items', { day, position: index + 1, ...item });
      }
    },
    session: (familyId, userId, tokens) => {
      for (const state of tokens) {
        add('refresh_tokens', {
          id: next('token'),
          family_id: familyId,
          user_id: userId,
          token_hash: String(count).padStart(64, '0'),
          expires_at: new Date(now.getTime() + 3_600_000),
          used_at: state === 'used' ? now : null,
          revoked_at: state === 'revoked' ? now : null,
          created_at: now,
        });
      }
    },
  };
}
