import { type Bestsellers, bestsellers } from '@onsale/contracts';
import type { Database, Reading } from '@onsale/platform/database';
import { DomainError } from '@onsale/platform/http';
import type { Cache } from '@onsale/platform/redis';
import type { Day } from '../domain/day.ts';
import { findSnapshot, newestSnapshot } from '../persistence/snapshots.ts';
import { toBestsellers } from './to-bestsellers.ts';

export interface ReadSnapshot {
  /** The newest there is unless given. */
  readonly day?: Day | undefined;
  readonly limit: number;
}

// A snapshot never changes; which one is the newest does, once a day.
const OF_A_DAY = { ttlMs: 3_600_000, jitter: 0.2 };
const NEWEST = { ttlMs: 5_000, jitter: 0.2 };

const snapshotNotFound = (day: Day): DomainError =>
  new DomainError('missing', 'snapshot-not-found', `There are no bestsellers of ${day}.`);

/**
 * The bestsellers of a day that has ended, as they were written down then.
 * @throws DomainError `snapshot-not-found`
 */
export const readSnapshot =
  ({ database, cache }: { database: Database; cache: Pick<Cache, 'get'> }) =>
  async ({ day, limit }: ReadSnapshot): Promise<Bestsellers> => {
    const { items } =
      day === undefined
        ? await cache.get('bestsellers:newest', bestsellers, NEWEST, () => database.read(newest))
        : await cache.get(`bestsellers:${day}:snapshot`, bestsellers, OF_A_DAY, () =>
            database.read(async (reading) => {
              const products = await findSnapshot(reading, day);
              // Thrown here, it is not cached: the snapshot may come.
              if (products === undefined) throw snapshotNotFound(day);
              return toBestsellers(products);
            }),
          );
    return { items: items.slice(0, limit) };
  };

async function newest(reading: Reading): Promise<Bestsellers> {
  const day = await newestSnapshot(reading);
  return toBestsellers((day === undefined ? undefined : await findSnapshot(reading, day)) ?? []);
}
