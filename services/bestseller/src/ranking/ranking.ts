import { createCoolDown } from '@onsale/platform/redis';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Day } from '../domain/day.ts';
import type { Statistic } from '../persistence/statistics.ts';
import { beginScript, endScript, lookScript, pieceScript, topScript, updateScript } from './scripts.ts';

/** A product's place in a day's ranking. */
export interface Place {
  readonly productId: string;
  readonly quantitySold: number;
}

/** What the ranking holds of a product: version 0 when it never heard of it, quantity 0 when it has no place. */
export type Held = Statistic;

/** The rankings of days, as sorted sets in Redis. All reject while Redis is away: at once, once that is known. */
export interface Ranking {
  /** Takes the statistics over where they are newer than what is held. */
  update(day: Day, statistics: readonly Statistic[]): Promise<void>;
  /** The best so many, ties by id; undefined when the ranking is not whole, and must not be shown. */
  top(day: Day, count: number): Promise<Place[] | undefined>;
  /**
   * Makes the day's ranking anew from pages of its statistics, which must be read while it runs. Meanwhile it is not
   * whole. Answers whether it is now: not when Redis was emptied meanwhile, or another rebuild began.
   * @param token unique to this rebuild
   */
  rebuild(day: Day, token: string, pages: AsyncIterable<readonly Statistic[]>): Promise<boolean>;
  /** What is held of the products, at one moment. */
  look(day: Day, productIds: readonly string[]): Promise<Held[]>;
  /** All products that have a place, in portions; one may come twice. */
  members(day: Day): AsyncIterable<string[]>;
  /** How often Redis was connected to: it may have come back old or empty since the last time. */
  connections(): number;
}

const KEPT_MS = 3 * 24 * 3_600_000;
const PORTION = 1_000;

const flatPlaces = z.array(z.string()).nullable();
const looked = z.tuple([z.array(z.string().nullable()), z.array(z.string().nullable())]);

const rankingKey = (day: Day): string => `bestsellers:{${day}}:ranking`;
const versionsKey = (day: Day): string => `bestsellers:{${day}}:versions`;

/** Scores are negative quantities, so that a tie is in the order of ids; what sold nothing has no place. */
export function createRanking(redis: Redis): Ranking {
  const coolDown = createCoolDown();
  let connections = 0;
  redis.on('ready', () => {
    connections += 1;
  });

  const run = (script: string, day: Day, values: readonly (string | number)[]): Promise<unknown> =>
    coolDown.run(() => redis.eval(script, 2, rankingKey(day), versionsKey(day), ...values));

  return {
    async update(day, statistics) {
      for (const portion of portionsOf(statistics)) {
        await run(updateScript, day, [KEPT_MS, ...argumentsOf(portion)]);
      }
    },
    async top(day, count) {
      const flat = flatPlaces.parse(await run(topScript, day, [count]));
      if (flat === null) return undefined;
      return flat.flatMap((productId, index) =>
        index % 2 === 0 ? [{ productId, quantitySold: -Number(flat[index + 1]) }] : [],
      );
    },
    async rebuild(day, token, pages) {
      await run(beginScript, day, [KEPT_MS, token]);
      for await (const page of pages) {
        for (const portion of portionsOf(page)) {
          const taken = await run(pieceScript, day, [KEPT_MS, token, ...argumentsOf(portion)]);
          if (taken !== 1) return false;
        }
      }
      return (await run(endScript, day, [KEPT_MS, token])) === 1;
    },
    async look(day, productIds) {
      if (productIds.length === 0) return [];
      const [versions, scores] = looked.parse(await run(lookScript, day, productIds));
      return productIds.map((productId, index) => ({
        productId,
        version: Number(versions[index] ?? 0),
        quantitySold: 0 - Number(scores[index] ?? 0),
      }));
    },
    async *members(day) {
      let cursor = '0';
      do {
        const [next, found] = await coolDown.run(() => redis.zscan(rankingKey(day), cursor, 'COUNT', PORTION));
        yield found.filter((_, index) => index % 2 === 0);
        cursor = next;
      } while (cursor !== '0');
    },
    connections: () => connections,
  };
}

function* portionsOf(statistics: readonly Statistic[]): Iterable<readonly Statistic[]> {
  for (let start = 0; start < statistics.length; start += PORTION) yield statistics.slice(start, start + PORTION);
}

const argumentsOf = (statistics: readonly Statistic[]): (string | number)[] =>
  statistics.flatMap(({ productId, version, quantitySold }) => [productId, version, quantitySold]);
