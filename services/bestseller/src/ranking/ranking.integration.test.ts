import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRedis, redisReady } from '@onsale/platform/redis';
import { startRedis, type TestRedis } from '@onsale/tests/support';
import fc from 'fast-check';
import type { Statistic } from '../persistence/statistics.ts';
import { silent } from '../testing/test-bestsellers.ts';
import { createRanking, type Ranking } from './ranking.ts';

const DAY = '2026-11-21';
const RANKING = `bestsellers:{${DAY}}:ranking`;
const VERSIONS = `bestsellers:{${DAY}}:versions`;

let server: TestRedis;
let redis: ReturnType<typeof openRedis>;
let ranking: Ranking;

beforeAll(async () => {
  server = await startRedis();
  redis = openRedis({ url: server.url, name: 'test', log: silent, commandTimeoutMs: 5_000 });
  if (!(await redisReady(redis, 5_000))) throw new Error('Redis was not ready in time');
  ranking = createRanking(redis);
});
beforeEach(async () => {
  await redis.flushall();
});
afterAll(async () => {
  redis?.disconnect();
  await server?.stop();
});

const row = (productId: string, quantitySold: number, version = 1): Statistic => ({ productId, quantitySold, version });

async function* pages(...all: (readonly Statistic[])[]): AsyncIterable<readonly Statistic[]> {
  yield* all;
}

const shown = async (count = 10) =>
  (await ranking.top(DAY, count))?.map(({ productId, quantitySold }) => [productId, quantitySold]);

describe('an update', () => {
  test('that is older than what is held, or the same, changes nothing', async () => {
    await ranking.rebuild(DAY, 'token', pages([row('a', 7, 3)]));
    const before = await redis.hgetall(VERSIONS);
    await ranking.update(DAY, [row('a', 5, 2)]);
    await ranking.update(DAY, [row('a', 9, 3)]);
    expect(await shown()).toEqual([['a', 7]]);
    expect(await redis.hgetall(VERSIONS)).toEqual(before);
    await ranking.update(DAY, [row('a', 8, 4)]);
    expect(await shown()).toEqual([['a', 8]]);
  });

  test('of a version of more digits is the newer one', async () => {
    await ranking.rebuild(DAY, 'token', pages([row('a', 90, 9)]));
    await ranking.update(DAY, [row('a', 100, 10)]);
    expect(await shown()).toEqual([['a', 100]]);
  });

  test('takes a product off that sold nothing any more, and brings it back', async () => {
    await ranking.rebuild(DAY, 'token', pages([row('a', 2), row('b', 1)]));
    await ranking.update(DAY, [row('a', 0, 2), row('b', -3, 2)]);
    expect(await shown()).toEqual([]);
    await ranking.update(DAY, [row('b', 4, 3)]);
    expect(await shown()).toEqual([['b', 4]]);
  });

  test('expires with the day', async () => {
    await ranking.update(DAY, [row('a', 2)]);
    for (const key of [RANKING, VERSIONS]) {
      expect(await redis.pttl(key)).toBeGreaterThan(2 * 86_400_000);
      expect(await redis.pttl(key)).toBeLessThanOrEqual(3 * 86_400_000);
    }
  });

  test('alone makes no ranking that is shown', async () => {
    await ranking.update(DAY, [row('a', 2)]);
    expect(await shown()).toBeUndefined();
  });
});

test('the best come first, and ties in the order of ids', async () => {
  await ranking.rebuild(DAY, 'token', pages([row('b', 3), row('B', 3)], [row('a', 3), row('z', 12), row('10', 2)]));
  expect(await shown()).toEqual([
    ['z', 12],
    ['B', 3],
    ['a', 3],
    ['b', 3],
    ['10', 2],
  ]);
  expect(await shown(2)).toEqual([
    ['z', 12],
    ['B', 3],
  ]);
});

test('whatever order updates come in, and whenever the ranking is made anew, the newest of each product is shown', async () => {
  const history = fc.array(
    fc.record({ productId: fc.constantFrom('a', 'b', 'c'), by: fc.integer({ min: -3, max: 5 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.nat(12),
      async (changes, chance, at) => {
        await redis.flushall();
        const table = new Map<string, Statistic>();
        const updates = changes.map(({ productId, by }) => {
          const before = table.get(productId) ?? row(productId, 0, 0);
          const after = row(productId, before.quantitySold + by, before.version + 1);
          table.set(productId, after);
          return after;
        });
        const shuffled = updates
          .map((update) => ({ update, place: chance.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ update }) => update);
        for (const update of shuffled.slice(0, at)) await ranking.update(DAY, [update]);
        await ranking.rebuild(DAY, 'token', pages([...table.values()]));
        for (const update of shuffled.slice(at)) await ranking.update(DAY, [update]);

        const places = (await ranking.top(DAY, 10)) ?? [];
        expect(new Map(places.map((place) => [place.productId, place.quantitySold]))).toEqual(
          new Map(
            [...table.values()]
              .filter(({ quantitySold }) => quantitySold > 0)
              .map((r) => [r.productId, r.quantitySold]),
          ),
        );
      },
    ),
    { numRuns: 60 },
  );
});

describe('a ranking is not shown', () => {
  test('while it is made anew, and has what came meanwhile when it is whole', async () => {
    const seen: unknown[] = [];
    async function* slowly() {
      seen.push(await shown());
      yield [row('a', 5, 5), row('b', 1, 1)];
      await ranking.update(DAY, [row('a', 6, 6), row('c', 2, 1)]);
      seen.push(await shown());
      yield [row('c', 1, 0)];
    }
    await ranking.rebuild(DAY, 'first', pages([row('a', 5, 5)]));
    expect(await ranking.rebuild(DAY, 'second', slowly())).toBe(true);
    expect(seen).toEqual([undefined, undefined]);
    expect(await shown()).toEqual([
      ['a', 6],
      ['c', 2],
      ['b', 1],
    ]);
  });

  test('when Redis was emptied while it was made', async () => {
    async function* emptied() {
      yield [row('a', 5)];
      await redis.flushall();
      await ranking.update(DAY, [row('c', 2)]);
      yield [row('b', 1)];
    }
    expect(await ranking.rebuild(DAY, 'token', emptied())).toBe(false);
    expect(await shown()).toBeUndefined();
    expect(await redis.hget(VERSIONS, 'whole')).toBeNull();
  });

  test('when Redis was emptied after the last page', async () => {
    async function* emptied() {
      yield [row('a', 5)];
      await redis.flushall();
    }
    expect(await ranking.rebuild(DAY, 'token', emptied())).toBe(false);
    expect(await shown()).toBeUndefined();
  });

  test('when another began to make it meanwhile; that one finishes', async () => {
    async function* outer() {
      yield [row('a', 5)];
      expect(await ranking.rebuild(DAY, 'inner', pages([row('a', 5), row('b', 1)]))).toBe(true);
      yield [row('b', 1)];
    }
    expect(await ranking.rebuild(DAY, 'outer', outer())).toBe(false);
    expect(await shown()).toEqual([
      ['a', 5],
      ['b', 1],
    ]);
  });

  test('when its set was evicted and its versions were not, whatever is sold after that', async () => {
    await ranking.rebuild(DAY, 'token', pages([row('a', 5), row('b', 1)]));
    await redis.unlink(RANKING);
    expect(await shown()).toBeUndefined();
    await ranking.update(DAY, [row('a', 6, 2), row('c', 1)]);
    expect(await shown()).toBeUndefined();
  });

  test('when its versions were evicted and its set was not', async () => {
    await ranking.rebuild(DAY, 'token', pages([row('a', 5), row('b', 1)]));
    await redis.unlink(VERSIONS);
    await ranking.update(DAY, [row('a', 4, 1)]);
    expect(await shown()).toBeUndefined();
    await ranking.rebuild(DAY, 'again', pages([row('a', 6, 2)]));
    expect(await shown()).toEqual([['a', 6]]);
  });
});

test('a day on which nothing was sold is whole and empty', async () => {
  expect(await ranking.rebuild(DAY, 'token', pages())).toBe(true);
  expect(await shown()).toEqual([]);
});

test('a ranking of thousands is made, looked at and listed in portions', async () => {
  const many = Array.from({ length: 2_500 }, (_, index) =>
    row(`p${String(index).padStart(5, '0')}`, index + 1, index + 1),
  );
  expect(await ranking.rebuild(DAY, 'token', pages(many))).toBe(true);
  expect(await shown(2)).toEqual([
    ['p02499', 2_500],
    ['p02498', 2_499],
  ]);
  const members = new Set<string>();
  for await (const portion of ranking.members(DAY)) for (const productId of portion) members.add(productId);
  expect(members).toEqual(new Set(many.map(({ productId }) => productId)));
  expect(await ranking.look(DAY, ['p00000', 'unknown'])).toEqual([
    { productId: 'p00000', quantitySold: 1, version: 1 },
    { productId: 'unknown', quantitySold: 0, version: 0 },
  ]);
});

test('while Redis is away it is refused, at once after the first time; then it goes on', async () => {
  await ranking.update(DAY, [row('a', 1)]);
  await server.server.kill();
  await expect(ranking.update(DAY, [row('a', 2, 2)])).rejects.toThrow();
  await expect(ranking.update(DAY, [row('a', 2, 2)])).rejects.toThrow('Redis is away');
  const before = ranking.connections();
  await server.server.restart();
  if (!(await redisReady(redis, 10_000))) throw new Error('Redis did not come back');
  expect(ranking.connections()).toBe(before + 1);
});
