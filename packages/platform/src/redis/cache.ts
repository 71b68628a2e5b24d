import type { Redis } from 'ioredis';
import { Counter, type Registry } from 'prom-client';
import type { ZodType } from 'zod';
import type { Logger } from '../telemetry/create-logger.ts';
import { type CachePort, createCachePort } from './cache-port.ts';
import { createGenerations, type Generations } from './generations.ts';

export interface CacheLifetime {
  readonly ttlMs: number;
  /** 0 to 0.2: the share of the time to live that chance may take away, so that not all expire at once. */
  readonly jitter: number;
}

export interface Versioned<T> {
  readonly version: number;
  readonly value: T;
}

export interface Cache {
  /**
   * The value under the key; loaded, by one caller at a time in this process, when it is missing or Redis is away.
   * Everybody gets what the schema makes of the value's JSON.
   */
  get<T>(key: string, schema: ZodType<T>, lifetime: CacheLifetime, load: () => Promise<T>): Promise<T>;
  /** Undefined when there is none, or Redis is away. */
  getVersioned<T>(key: string, schema: ZodType<T>): Promise<Versioned<T> | undefined>;
  /** Puts the value under the key unless what is there has the same or a higher version. */
  replaceIfNewer(key: string, entry: Versioned<unknown>, ttlMs: number): Promise<void>;
  drop(keys: readonly string[]): Promise<void>;
  readonly generations: Generations;
}

export interface CacheOptions {
  readonly redis: Redis;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads expiry; Math.random unless given. */
  readonly random?: () => number;
}

/** A load that is under way; `dropped` once what it loads may be out of date. */
interface Flight {
  readonly text: Promise<string>;
  dropped: boolean;
}

/** A cache that is never needed: with Redis away it loads. */
export function createCache({ redis, log, metrics, random = Math.random }: CacheOptions): Cache {
  const requests = new Counter({
    name: 'cache_requests_total',
    help: 'Looks into the cache, by what came of them',
    labelNames: ['result'],
    registers: [metrics],
  });
  const port: CachePort = createCachePort(redis, log);
  const flights = new Map<string, Flight>();

  const load = async (
    key: string,
    flight: { dropped: boolean },
    lifetime: CacheLifetime,
    from: () => Promise<unknown>,
  ) => {
    requests.inc({ result: 'miss' });
    const text = JSON.stringify((await from()) ?? null);
    const ttlMs = Math.max(1, Math.round(lifetime.ttlMs * (1 - lifetime.jitter * random())));
    if (!flight.dropped) await port.set(key, text, ttlMs);
    return text;
  };

  const fly = (key: string, lifetime: CacheLifetime, from: () => Promise<unknown>): Flight => {
    const running = flights.get(key);
    if (running !== undefined) return running;
    const started = { dropped: false };
    const flight: Flight = Object.assign(started, { text: load(key, started, lifetime, from) });
    flights.set(key, flight);
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.text.then(land, land);
    return flight;
  };

  return {
    async get(key, schema, lifetime, from) {
      const running = flights.get(key);
      const found = running === undefined ? await port.get(key) : undefined;
      const cached = found === undefined ? undefined : schema.safeParse(parsed(found));
      if (cached?.success === true) {
        requests.inc({ result: 'hit' });
        return cached.data;
      }
      return schema.parse(parsed(await (running ?? fly(key, lifetime, from)).text));
    },
    async getVersioned(key, schema) {
      const found = await port.getVersioned(key);
      const value = found === undefined ? undefined : schema.safeParse(parsed(found.text));
      requests.inc({ result: value?.success === true ? 'hit' : 'miss' });
      return found !== undefined && value?.success === true ? { version: found.version, value: value.data } : undefined;
    },
    replaceIfNewer: (key, { version, value }, ttlMs) =>
      port.replaceIfNewer(key, version, JSON.stringify(value ?? null), ttlMs),
    async drop(keys) {
      for (const key of keys) {
        const flight = flights.get(key);
        if (flight !== undefined) flight.dropped = true;
        flights.delete(key);
      }
      await port.drop(keys);
    },
    generations: createGenerations(port),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
