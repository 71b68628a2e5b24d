import { type ChangeProductBody, type CreateProductBody, type Product, product } from '@onsale/contracts';
import {
  type Answer,
  type Database,
  type IdempotentAnswer,
  idempotent,
  requestHash,
  type Tx,
} from '@onsale/platform/database';
import type { Cache, InFlight } from '@onsale/platform/redis';
import type { Clock, Ids } from '@onsale/platform/service';
import { availabilityKey } from '../persistence/availability.ts';
import { changeProduct } from './change-product.ts';
import { type ChangeStock, changeStock } from './change-stock.ts';
import { createProduct } from './create-product.ts';
import { forgetProduct } from './forget-product.ts';

export interface AdministerProducts {
  readonly database: Database;
  readonly inFlight: InFlight;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called after a commit that left something in the outbox. */
  readonly onCommitted: () => void;
}

/** A word on availability is good for as long as a sold-out flag may live, in milliseconds. */
const AVAILABILITY_KNOWN_FOR_MS = 1_000;

/** What an admin does to products, each with its effect on caches: an admin sees their change at once. */
export function administerProducts(ports: AdministerProducts) {
  const forget = forgetProduct(ports);

  const once = async (
    route: string,
    { body, adminId, key }: { body: object; adminId: string; key: string },
    work: (tx: Tx) => Promise<Answer>,
  ): Promise<IdempotentAnswer> => {
    const answer = await idempotent({
      database: ports.database,
      inFlight: ports.inFlight,
      name: route,
      request: { userId: adminId, route, key, requestHash: requestHash(body) },
      work,
    });
    if (!answer.replayed) await settled(product.parse(answer.body));
    return answer;
  };

  const settled = async ({ id, stock, version }: Product): Promise<void> => {
    ports.onCommitted();
    await Promise.all([
      // At once, for the admin who looks. Whoever loads a page before the replica has the change brings the old state
      // back, until the change's own event drops it for good.
      forget(id),
      ports.cache.replaceIfNewer(
        availabilityKey(id),
        { version, value: { soldOut: stock === 0 } },
        AVAILABILITY_KNOWN_FOR_MS,
      ),
    ]);
  };

  const change = changeProduct(ports);
  const move = changeStock(ports);
  const create = createProduct(ports);
  return {
    /** Creates a product; without a key, each call creates another. */
    createProduct: (body: CreateProductBody, adminId: string, key = ports.ids.next()) =>
      once('products.create', { body, adminId, key }, (tx) => create(tx, body)),

    changeStock: (stock: ChangeStock, adminId: string, key: string) =>
      once('products.stock', { body: stock, adminId, key }, (tx) => move(tx, stock)),

    changeProduct: async (productId: string, body: ChangeProductBody): Promise<Product> => {
      const changed = await change(productId, body);
      await settled(changed);
      return changed;
    },
  };
}
