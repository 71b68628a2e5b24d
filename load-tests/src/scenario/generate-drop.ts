import { seededRandom, seedProducts } from '@onsale/seed';
import { arrivals } from './arrivals.ts';
import { SCARCE } from './scarce.ts';
import type { BasketItem, Scenario, Step, Trouble } from './scenario.ts';
import { shuffle } from './shuffle.ts';
import { zipf } from './zipf.ts';

const BUYERS = 2_000;
const LOGINS = 20;
const PIECES = 100;

// Two cores that also run the servers and the buyers are busy, and not drowned, at these rates.
const charging = { fromMs: 0, toMs: 24_000 };
const selling = { fromMs: 25_000, toMs: 65_000, steady: 37, rush: 110 };

const between = (random: () => number, from: number, to: number) => from + Math.floor(random() * (to - from + 1));

/** One in eight requests meets a bad line or an impatient finger. */
function troubleOf(random: () => number): Trouble {
  const drawn = random();
  if (drawn < 0.04) return { hangUpAfterMs: between(random, 1, 12) };
  if (drawn < 0.08) return { againAfterMs: 0 };
  if (drawn < 0.12) return { againAfterMs: between(random, 300, 8_000) };
  return {};
}

function charges(buyers: readonly number[], random: () => number): Step[] {
  const spread = (charging.toMs - charging.fromMs) / buyers.length;
  // Thousands of won, from pocket money to a month's pay: some will be too poor for their basket.
  return buyers.map((buyer, index) => ({
    kind: 'charge',
    at: charging.fromMs + Math.floor((index + random()) * spread),
    buyer,
    amount: between(random, 60, 4_000) * 1_000,
    ...troubleOf(random),
  }));
}

function orders(buyers: readonly number[], random: () => number): Step[] {
  const tastes = shuffle(seedProducts(), random);
  const taste = zipf(tastes.length, 1, random);
  const sinceDrop = (at: number) => (at - selling.fromMs) / 1000;
  // The rush of the first seconds, and the steady stream after it.
  const { steady, rush } = selling;
  const rate = (at: number) => steady + rush * Math.exp(-sinceDrop(at) / 6);
  const times = arrivals({ ...selling, peak: steady + rush, rate }, random);
  const basket = (at: number): BasketItem[] => {
    const items = new Map<string, number>();
    if (random() < 0.1 + 0.6 * Math.exp(-sinceDrop(at) / 6)) items.set(SCARCE, 1);
    const others = Math.max(items.size === 0 ? 1 : 0, Math.floor(random() ** 3 * 5));
    for (let count = 0; count < others; count++) {
      const product = tastes[taste()]?.id;
      if (product) items.set(product, random() < 0.85 ? 1 : 2);
    }
    return [...items];
  };
  return times.map((at, index) => ({
    kind: 'order',
    at,
    buyer: buyers[index] ?? between(random, 1, BUYERS),
    items: basket(at),
    ...troubleOf(random),
  }));
}

/** Some think better of it. Never of the scarce one: given back too late, a piece would find no buyer in this run. */
function cancellations(placed: readonly Step[], random: () => number): Step[] {
  return placed.flatMap((step, order): Step[] => {
    if (step.kind !== 'order' || step.items.some(([product]) => product === SCARCE) || random() > 0.06) return [];
    return [
      { kind: 'cancel', at: step.at + between(random, 2_000, 6_000), buyer: step.buyer, order, ...troubleOf(random) },
    ];
  });
}

/** The drop: two thousand buyers, first their charges, then the rush for one product with a hundred pieces among five hundred. */
export function generateDrop(seed: number): Scenario {
  const random = seededRandom(seed);
  const everyone = Array.from({ length: BUYERS }, (_, index) => index + 1);
  const placed = [...charges(shuffle(everyone, random), random), ...orders(shuffle(everyone, random), random)].sort(
    (one, other) => one.at - other.at,
  );
  // Cancellations go last: they name orders by their place, which must not move.
  return {
    name: 'drop',
    seed,
    scarce: { name: 'Limited Turntable', nameKo: '한정판 턴테이블', price: 49_900, stock: PIECES },
    logins: shuffle(everyone, random)
      .slice(0, LOGINS)
      .sort((one, other) => one - other),
    steps: [...placed, ...cancellations(placed, random)],
  };
}
