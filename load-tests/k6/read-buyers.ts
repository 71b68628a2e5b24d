import type { Buyer } from '../src/sale/buyer.ts';
import { readData } from './read-data.ts';
import { setting } from './setting.ts';

/** Every buyer by number, from the files buyers-0.json, buyers-1.json, …: a Secret holds no more than 1 MiB. */
export function readBuyers(): ReadonlyMap<number, Buyer> {
  const files = Array.from({ length: Number(setting('BUYER_FILES')) }, (_, index) => `buyers-${index}.json`);
  return new Map(files.flatMap((name) => readData<[number, Buyer][]>(name)));
}
