import { seededRandom } from '@onsale/seed';

const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

/** A whole number out of a text (FNV-1a): neighbours such as `7-1` and `7-2` get numbers that are far apart. */
export function seedOf(text: string): number {
  let hash = fnvOffset;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), fnvPrime);
  return hash >>> 0;
}

/** Numbers in [0, 1) that belong to this text. */
export const randomOf = (text: string): (() => number) => seededRandom(seedOf(text));
