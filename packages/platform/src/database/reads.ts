import CircuitBreaker from 'opossum';
import { Counter, type Registry } from 'prom-client';
import { DomainError } from '../domain-error.ts';
import type { RecentWrites } from '../redis/recent-writes.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Reading, ReadOptions } from './database.ts';
import type { DatabaseConfig } from './database-config.ts';
import { databaseFailureOf } from './database-failure.ts';
import type { Pool } from './open-pool.ts';
import { createPlaceLimit } from './place-limit.ts';
import { readAfter, StaleReplicaError } from './read-after.ts';
import { readingOf } from './reading-of.ts';
import type { ReplicaMonitor } from './replica-monitor.ts';
import { unavailableError } from './unavailable-error.ts';

export interface ReadsOptions<M> {
  readonly config: DatabaseConfig;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly replica: { readonly pool: Pool; readonly models: M; readonly monitor: ReplicaMonitor };
  /** A pool of its own on the primary, so that these reads cannot take the writers' connections. */
  readonly fallback: { readonly pool: Pool; readonly models: M };
  readonly recentWrites: RecentWrites | undefined;
  readonly tracksGtids: () => boolean | undefined;
}

export interface Reads<M> {
  read<T>(work: (reading: Reading<M>) => Promise<T>, options: ReadOptions): Promise<T>;
  stop(): void;
}

type Place = { readonly on: 'replica'; readonly gtid?: string } | { readonly on: 'primary'; readonly reason: string };

/** Sends each read to the replica, or to the primary when the replica cannot serve it. */
export function createReads<M>(options: ReadsOptions<M>): Reads<M> {
  const { config, replica, fallback } = options;
  const fallbacks = new Counter({
    name: 'db_replica_fallbacks_total',
    help: 'Reads meant for the replica that went to the primary, by reason',
    labelNames: ['reason'],
    registers: [options.metrics],
  });
  const breaker = new CircuitBreaker((run: () => Promise<unknown>) => run(), {
    timeout: false,
    volumeThreshold: 4,
    errorThresholdPercentage: 50,
    rollingCountTimeout: 5000,
    resetTimeout: 1000,
    // Only what the replica itself is to blame for opens the circuit.
    errorFilter: (error: unknown) => databaseFailureOf(error) === undefined,
  });
  breaker.on('open', () => options.log.warn('reads leave the replica alone'));
  breaker.on('close', () => options.log.info('reads use the replica again'));
  const limit = createPlaceLimit({
    places: config.DB_FALLBACK_LIMIT,
    waiting: config.DB_FALLBACK_LIMIT * 8,
    waitMs: 250,
    refusal: () =>
      new DomainError('unavailable', 'reads-overloaded', 'Too many reads at once; try again.', {
        retryAfterSeconds: 1,
      }),
  });

  const placeFor = async ({ after, maxLagSeconds }: ReadOptions): Promise<Place> => {
    const lag = await replica.monitor.lagSeconds();
    if (lag === undefined) return { on: 'primary', reason: 'replica-away' };
    if (after === undefined) {
      const behind = lag > (maxLagSeconds ?? config.DB_REPLICA_MAX_LAG_SECONDS);
      return behind ? { on: 'primary', reason: 'replica-behind' } : { on: 'replica' };
    }
    if (options.recentWrites === undefined || options.tracksGtids() !== true) {
      return { on: 'primary', reason: 'writes-untracked' };
    }
    const { gtid, known } = await options.recentWrites.gtidOf(after);
    if (!known) return { on: 'primary', reason: 'writes-unknown' };
    if (gtid !== undefined) return { on: 'replica', gtid };
    return placeFor(maxLagSeconds === undefined ? {} : { maxLagSeconds });
  };

  const onPrimary = <T>(work: (reading: Reading<M>) => Promise<T>, reason: string): Promise<T> => {
    fallbacks.inc({ reason });
    return limit.run(async () => {
      try {
        return await work(readingOf(fallback.pool.sequelize, fallback.models));
      } catch (error) {
        throw unavailableError(error) ?? error;
      }
    });
  };

  return {
    async read<T>(work: (reading: Reading<M>) => Promise<T>, readOptions: ReadOptions): Promise<T> {
      const place = await placeFor(readOptions);
      if (place.on === 'primary') return onPrimary(work, place.reason);
      let result: { readonly value: T } | undefined;
      try {
        await breaker.fire(async () => {
          result =
            place.gtid === undefined
              ? { value: await work(readingOf(replica.pool.sequelize, replica.models)) }
              : { value: await readAfter(replica, place.gtid, work) };
        });
      } catch (error) {
        const reason = fallbackReason(error);
        if (reason === undefined) throw error;
        return onPrimary(work, reason);
      }
      if (result === undefined) throw new Error('the circuit breaker answered without having read');
      return result.value;
    },
    stop: () => breaker.shutdown(),
  };
}

function fallbackReason(error: unknown): string | undefined {
  if (error instanceof StaleReplicaError) return 'replica-behind';
  if (error instanceof Error && CircuitBreaker.isOurError(error)) return 'circuit-open';
  return databaseFailureOf(error) === undefined ? undefined : 'replica-failed';
}
