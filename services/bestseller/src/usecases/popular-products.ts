import { type Bestsellers, bestsellers } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import type { Cache } from '@onsale/platform/redis';
import type { Clock } from '@onsale/platform/service';
import { addDays, dayOf } from '../domain/day.ts';
import { rankProducts } from '../persistence/rank-products.ts';
import { toBestsellers } from './to-bestsellers.ts';

const DAYS = 3;
const SHOWN = 5;
const LIFETIME = { ttlMs: 5_000, jitter: 0.2 };

/** What sold most today and on the two days before, up to 5 s ago. */
export const popularProducts =
  ({ database, cache, clock }: { database: Database; cache: Pick<Cache, 'get'>; clock: Clock }) =>
  (): Promise<Bestsellers> => {
    const to = dayOf(clock.now());
    const from = addDays(to, 1 - DAYS);
    return cache.get(`bestsellers:${to}:popular`, bestsellers, LIFETIME, () =>
      database.read(async (reading) => toBestsellers(await rankProducts(reading, { from, to, limit: SHOWN }))),
    );
  };
