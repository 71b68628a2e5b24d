import { editions, type Goods, goods } from './product-words.ts';
import { seededRandom } from './seeded-random.ts';

export interface SeedProduct {
  readonly id: string;
  readonly name: string;
  readonly nameKo: string;
  /** In won. */
  readonly price: number;
  readonly stock: number;
}

// Shops price at …900: 38,712 becomes 38,900.
const shopPrice = (won: number) => Math.max(1, Math.round((won - 900) / 1000)) * 1000 + 900;

function priceOf(kind: Goods, edition: number, jitter: number): number {
  const step = (kind.to - kind.from) / (editions.length - 1);
  return shopPrice(kind.from + step * Math.max(0, edition + jitter - 0.5));
}

/** The catalogue of a fresh platform: every edition of every kind of goods, 500 in all, always the same. */
export function seedProducts(): SeedProduct[] {
  const random = seededRandom(20_261_121);
  return editions.flatMap((edition, editionIndex) =>
    goods.map((kind, kindIndex) => ({
      id: `product-${String(editionIndex * goods.length + kindIndex + 1).padStart(4, '0')}`,
      name: `${edition.en} ${kind.en}`,
      nameKo: `${edition.ko} ${kind.ko}`,
      price: priceOf(kind, editionIndex, random()),
      stock: 2_000 + Math.floor(random() * 361) * 50,
    })),
  );
}
