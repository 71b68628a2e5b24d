import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Reading } from '@onsale/platform/database';
import { DomainError } from '@onsale/platform/http';
import type { Cache } from '@onsale/platform/redis';
import { findProduct } from '../persistence/find-product.ts';
import { forgetProduct } from './forget-product.ts';

/** Two seconds of looking, while those behind it wait. */
const LOOKS = 40;
const PAUSE_MS = 50;

/** However far it is behind: as long as it replicates, pages may be loaded from the replica. */
const ON_REPLICA = { maxLagSeconds: Number.POSITIVE_INFINITY };

interface ForgetChangedProduct {
  readonly database: Database;
  readonly cache: Cache;
}

interface Change {
  readonly productId: string;
  readonly version: number;
}

/**
 * Drops what the caches hold of a product once the replica has the change: events can overtake replication, and a page
 * that is loaded in between would bring the old state back for as long as it lives. A replica that is away cannot be
 * waited for; then pages come from the primary.
 * @throws DomainError `replica-behind` when the replica does not have it in time
 */
export const forgetChangedProduct = ({ database, cache }: ForgetChangedProduct) => {
  const forget = forgetProduct({ cache });
  return async ({ productId, version }: Change, signal: AbortSignal): Promise<void> => {
    const changed = async (reading: Reading) => ((await findProduct(reading, productId))?.version ?? 0) >= version;

    for (let look = 1; look <= LOOKS; look += 1) {
      if (await database.read(changed, ON_REPLICA)) return forget(productId);
      await pause(PAUSE_MS, undefined, { signal });
    }
    // Readers who turn away from a replica this far behind see the change now; the others, once this is tried again.
    await forget(productId);
    if (await database.readPrimary(changed)) {
      throw new DomainError('unavailable', 'replica-behind', `The replica lacks version ${version} of ${productId}.`, {
        retryAfterSeconds: 1,
      });
    }
    // What the primary does not know either was undone, by a restored backup say: there is nothing to wait for.
  };
};
