import { randomUUID } from 'node:crypto';
import type { CachePort } from './cache-port.ts';

export interface Generations {
  /** Everything under this name is dropped at once. */
  bump(name: string): Promise<void>;
  /** The name with its present generation, to begin the keys under it with. */
  key(name: string): Promise<string>;
}

/** Much longer than what is kept under a generation; one that is lost only costs a reload. */
const keptMs = 86_400_000;

const keyOf = (name: string) => `generation:${name}`;

/** Generations are random and not counted: a counter that Redis lost would come back to keys that still live. */
export function createGenerations(port: CachePort): Generations {
  return {
    bump: (name) => port.set(keyOf(name), randomUUID(), keptMs),
    async key(name) {
      const generation =
        (await port.get(keyOf(name))) ?? (await port.setIfMissing(keyOf(name), randomUUID(), keptMs)) ?? 'none';
      return `${name}:${generation}`;
    },
  };
}
