import { shuffle } from '../../../../load-tests/src/scenario/shuffle.ts';
import { crashPoints } from '../../crash-points/table/crash-points.ts';
import { type Ground, holdTrial } from '../ground/hold-trial.ts';
import type { Trial } from '../trial.ts';
import { judgeNap, productOf } from './judge-nap.ts';
import { type Nap, takeNap } from './nap.ts';
import type { Want } from './want.ts';
import { chargeWants, orderWants } from './wants.ts';

interface Sleepers {
  readonly flow: 'orders.place' | 'points.charge';
  readonly service: 'order' | 'point';
  /** How many clients ask at once: more than the instance works on at a time. */
  readonly wants: number;
  /** The most passings of the point after which it may fall asleep. */
  readonly mostPassings: number;
  make(ground: Ground, count: number): Promise<readonly Want[]> | readonly Want[];
}

const sleepers: readonly Sleepers[] = [
  {
    flow: 'orders.place',
    service: 'order',
    wants: 10,
    mostPassings: 4,
    make: ({ shop }, count) => orderWants(shop, count),
  },
  {
    flow: 'points.charge',
    service: 'point',
    wants: 24,
    mostPassings: 6,
    make: ({ shop }, count) => chargeWants(shop, count),
  },
];

/** Longer than the 3 s of a lock; up to longer than MySQL keeps an idle session, and the rows it has locked. */
const sleepsMs = { least: 3_500, most: 12_000 };
/** Rounds in which not one lock was held prove nothing, and come to an end. */
const mostRounds = 60;

async function judgeInShop({ shop, asking }: Ground, nap: Nap): Promise<string[]> {
  const products = nap.held.map(productOf).filter((product) => product !== undefined);
  const stocks = await Promise.all(products.map(async (product) => [product, await shop.stockOf(product)] as const));
  return judgeNap({ nap, recordOf: asking.recordOf, stocks: new Map(stocks) });
}

interface Napped {
  readonly nap: Nap;
  readonly violations: readonly string[];
}

async function napOnce(ground: Ground, { service, wants, mostPassings, make }: Sleepers, point: string) {
  const { stage, shop, asking, random, say, signal, pairOf } = ground;
  const pair = pairOf(service);
  const [sleeper, other] = random() < 0.5 ? pair : ([pair[1], pair[0]] as const);
  const sleepMs = sleepsMs.least + random() * (sleepsMs.most - sleepsMs.least);
  const after = 1 + Math.floor(random() * mostPassings);
  const made = await make(ground, wants);
  const nap = await takeNap({ stage, shop, asking, sleeper, other, point, after, sleepMs, wants: made, signal });
  if (nap === undefined) {
    say(`${sleeper.name} did not get to '${point}'`);
    return undefined;
  }
  const longest = Math.max(0, ...[...nap.rivals.values()].flat().map(({ tookMs }) => tookMs));
  say(
    `${sleeper.name} asleep at '${point}' for ${(nap.sleptMs / 1000).toFixed(1)} s with ${nap.held.length} locks and ` +
      `${nap.transactions} open transactions; the others went on within ${(longest / 1000).toFixed(1)} s`,
  );
  return { nap, violations: await judgeInShop(ground, nap) };
}

function figuresOf(naps: readonly Nap[]): string {
  const waits = naps.flatMap(({ rivals }) => [...rivals.values()].flat()).map(({ tookMs }) => tookMs / 1000);
  const sorted = waits.toSorted((one, other) => one - other);
  const held = naps.flatMap((nap) => nap.held);
  const ofProducts = held.filter((lock) => productOf(lock) !== undefined).length;
  const seconds = (value = 0) => `${value.toFixed(1)} s`;
  return [
    `${held.length} locks held in ${naps.length} naps of ${seconds(Math.min(...naps.map(({ sleptMs }) => sleptMs / 1000)))}`,
    `to ${seconds(Math.max(...naps.map(({ sleptMs }) => sleptMs / 1000)))}`,
    `(${ofProducts} of products, ${held.length - ofProducts} of users); ${waits.length} others went on within`,
    `${seconds(sorted.at(sorted.length >> 1))} (median), ${seconds(sorted.at(-1))} (longest)`,
  ].join(' ');
}

/** Points of a flow at which others wait for what is held. */
const holdingPoints = (flow: string): string[] =>
  crashPoints.filter((point) => point.flow === flow && point.holds).map(({ name }) => name);

export const lockHolder: Trial = {
  name: 'lock-holder',
  description: 'an instance asleep past the time of the locks it holds, then awake again; counted are the locks',
  counts: { short: 16, long: 200 },
  run: (options) =>
    holdTrial(options, async (ground) => {
      const { random, say, signal } = ground;
      const decks = sleepers.map(({ flow }) => shuffle(holdingPoints(flow), random));
      const napped: Napped[] = [];
      const held = () => napped.reduce((sum, { nap }) => sum + nap.held.length, 0);
      for (let round = 0; round < mostRounds && held() < options.count; round += 1) {
        signal.throwIfAborted();
        const both = await Promise.all(
          sleepers.map((sleeper, index) => {
            const deck = decks[index] ?? [];
            return napOnce(ground, sleeper, deck[round % deck.length] ?? '');
          }),
        );
        napped.push(...both.filter((each) => each !== undefined));
        say(`${held()} of ${options.count} locks`);
      }
      return {
        figures: figuresOf(napped.map(({ nap }) => nap)),
        happened: held() >= options.count,
        violations: napped.flatMap(({ violations }) => violations),
      };
    }),
};
