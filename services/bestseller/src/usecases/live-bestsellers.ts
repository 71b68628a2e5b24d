import { type Bestsellers, bestsellers } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import type { Cache } from '@onsale/platform/redis';
import type { Clock } from '@onsale/platform/service';
import { type Day, dayOf } from '../domain/day.ts';
import { findNames } from '../persistence/product-names.ts';
import { type RankedProduct, rankProducts } from '../persistence/rank-products.ts';
import type { Place, Ranking } from '../ranking/ranking.ts';
import { toBestsellers } from './to-bestsellers.ts';

export interface LiveBestsellers {
  readonly database: Database;
  readonly cache: Pick<Cache, 'get'>;
  readonly ranking: Pick<Ranking, 'top'>;
  readonly clock: Clock;
}

/** The most products that are shown of a ranking. */
export const MOST_SHOWN = 100;

// One look a second serves a crowd, whatever limits it asks with.
const LIFETIME = { ttlMs: 1_000, jitter: 0 };

/** What sold most today, up to a second ago; by the table while the ranking is not whole. */
export const liveBestsellers =
  ({ database, cache, ranking, clock }: LiveBestsellers) =>
  async (limit: number): Promise<Bestsellers> => {
    const day = dayOf(clock.now());
    const { items } = await cache.get(`bestsellers:${day}:live`, bestsellers, LIFETIME, async () => {
      const places = await ranking.top(day, MOST_SHOWN).catch(() => undefined);
      return toBestsellers(places === undefined ? await byTable(database, day) : await named(database, places));
    });
    return { items: items.slice(0, limit) };
  };

const byTable = (database: Database, day: Day): Promise<RankedProduct[]> =>
  database.read((reading) => rankProducts(reading, { from: day, to: day, limit: MOST_SHOWN }));

async function named(database: Database, places: readonly Place[]): Promise<RankedProduct[]> {
  const ids = places.map(({ productId }) => productId);
  const names = await database.read((reading) => findNames(reading, ids));
  // A product may have been made and sold before the replica heard of it.
  const unheard = ids.filter((id) => !names.has(id));
  const late = unheard.length === 0 ? names : await database.readPrimary((reading) => findNames(reading, unheard));
  return places.flatMap((place) => {
    const product = names.get(place.productId) ?? late.get(place.productId);
    return product === undefined ? [] : { ...place, name: product.name, nameKo: product.nameKo };
  });
}
