import { seededRandom } from '@onsale/seed';
import type { ProductPlace, Trouble, Wanted, Wish } from './wish.ts';

export interface Crowd {
  /** Wishes a second, on average. */
  readonly rate: number;
  readonly buyers: number;
  /** Products that are scarce and wanted by all. */
  readonly hotProducts: number;
  /** Products of which there are enough. */
  readonly otherProducts: number;
}

const shares = { order: 0.66, charge: 0.16, cancel: 0.09, stock: 0.06, details: 0.03 } as const;
const furthestWish = 200;

type Random = () => number;

const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1));

function troubleOf(random: Random): Trouble {
  const drawn = random();
  if (drawn < 0.06) return { againAfterMs: 0 };
  if (drawn < 0.09) return { againAfterMs: whole(random, 1, 1_500) };
  if (drawn < 0.14) return { hangUpAfterMs: whole(random, 1, 60) };
  // Sooner than a sold-out flag runs out: whoever had the last piece still has it.
  if (drawn < 0.24) return { againWhenToldMs: whole(random, 1, 900) };
  return {};
}

function kindOf(random: Random): Wish['kind'] {
  let drawn = random();
  for (const kind of ['charge', 'cancel', 'stock', 'details'] as const) {
    if (drawn < shares[kind]) return kind;
    drawn -= shares[kind];
  }
  return 'order';
}

/** The first is wanted most: squared, a number in [0, 1) is more often small. */
const hotOne = (random: Random, { hotProducts }: Crowd): ProductPlace => ({
  hot: true,
  number: Math.floor(random() ** 2 * hotProducts),
});

const otherOne = (random: Random, { otherProducts }: Crowd): ProductPlace => ({
  hot: false,
  number: Math.floor(random() * otherProducts),
});

/** Each product once. */
function basketOf(random: Random, crowd: Crowd): Wanted[] {
  const drawn = random();
  if (drawn < 0.55) return [{ product: hotOne(random, crowd), quantity: random() < 0.8 ? 1 : 2 }];
  const products = Array.from({ length: whole(random, 1, 3) }, () => otherOne(random, crowd));
  // Some want a scarce one among others: what one lacks, the whole basket is refused for.
  if (drawn < 0.7) products.push(hotOne(random, crowd));
  const distinct = new Map(products.map((product) => [`${product.hot} ${product.number}`, product]));
  return [...distinct.values()].map((product) => ({ product, quantity: whole(random, 1, 2) }));
}

function stockChangeOf(random: Random, crowd: Crowd): { product: ProductPlace; change: number } {
  const drawn = random();
  if (drawn < 0.7) return { product: hotOne(random, crowd), change: whole(random, 1, 8) };
  if (drawn < 0.85) return { product: hotOne(random, crowd), change: -1 };
  return { product: otherOne(random, crowd), change: whole(random, -3, -1) };
}

function detailsOf(random: Random): { price: number } | { name: string } {
  const number = whole(random, 1, 99);
  return random() < 0.7 ? { price: number * 1_000 } : { name: `Edition ${number}` };
}

function wishOf(kind: Wish['kind'], at: number, random: Random, crowd: Crowd): Wish {
  switch (kind) {
    case 'order':
      return {
        kind,
        at,
        buyer: whole(random, 1, crowd.buyers),
        items: basketOf(random, crowd),
        ...troubleOf(random),
      };
    case 'charge':
      return {
        kind,
        at,
        buyer: whole(random, 1, crowd.buyers),
        amount: whole(random, 1, 50) * 1_000,
        ...troubleOf(random),
      };
    case 'cancel':
      return { kind, at, wishesAgo: whole(random, 1, furthestWish), ...troubleOf(random) };
    case 'stock':
      return { kind, at, ...stockChangeOf(random, crowd), ...troubleOf(random) };
    case 'details':
      return {
        kind,
        at,
        product: random() < 0.5 ? hotOne(random, crowd) : otherOne(random, crowd),
        details: detailsOf(random),
      };
  }
}

/** What the crowd wants, one after the other and without end; the same seed gives the same wishes. */
export function* drawWishes(seed: number, crowd: Crowd): Generator<Wish, never> {
  const random = seededRandom(seed);
  for (let at = 0; ; ) {
    at += (-Math.log(1 - random()) / crowd.rate) * 1_000;
    yield wishOf(kindOf(random), Math.floor(at), random, crowd);
  }
}
