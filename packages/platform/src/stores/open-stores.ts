import type { Redis } from 'ioredis';
import type { Sequelize } from 'sequelize';
import { type Database, type Migrations, openDatabase } from '../database/index.ts';
import type { Election } from '../election/election.ts';
import { openElection } from '../election/open-election.ts';
import {
  createPurge,
  createRelay,
  ensureTopics,
  type KafkaConnection,
  openKafka,
  type Relay,
} from '../messaging/index.ts';
import {
  type Cache,
  createAcknowledgedWrites,
  createCache,
  createInFlight,
  createLocks,
  createRecentWrites,
  type InFlight,
  type Locks,
  type RecentWrites,
  redisReady,
} from '../redis/index.ts';
import type { Job, ServiceConfig, ServiceContext } from '../service/index.ts';
import { openRedisPair } from './open-redis-pair.ts';
import { assertInboxOutlastsTopics, type StoresConfig } from './stores-config.ts';
import { topicsToCreate } from './topics-to-create.ts';

const redisWaitMs = 2_000;

/** What a service that keeps state and tells of it stands on. */
export interface Stores<M = unknown> {
  readonly database: Database<M>;
  readonly cache: Cache;
  /** The client of REDIS_CACHE_URL, for what the cache is not made for. What is in there may vanish. */
  readonly cacheRedis: Redis;
  readonly locks: Locks;
  readonly inFlight: InFlight;
  readonly recentWrites: RecentWrites;
  readonly kafka: KafkaConnection;
  /** For the service's own jobs of which one leads; undefined where a lock on the database decides. */
  readonly election: Election | undefined;
  readonly relay: Relay;
  /** The job, with the topics created first: brokers create none by themselves. */
  withTopics(job: Job): Job;
  /** The parts `relay` and `purge`. */
  readonly jobs: readonly Job[];
  readonly readiness: Record<string, () => Promise<void>>;
  close(): Promise<void>;
}

export interface OpenStores<M> {
  readonly migrations: Migrations;
  /** Every topic that is sent to or listened to; the dead-letter topic of each is created with it. */
  readonly topics: readonly string[];
  readonly models?: (sequelize: Sequelize) => M;
}

/**
 * Opens the stores of a service by its configuration, and migrates when the part `migrate` is to run.
 * Redis and Kafka may be away at the start: locks and events have their own ways of waiting. The schema may not.
 * @throws ConfigError when the configuration contradicts itself
 */
export async function openStores<M = unknown>(
  { config, name, log, metrics, parts, clock, ids }: ServiceContext<ServiceConfig & StoresConfig>,
  { migrations, topics, models }: OpenStores<M>,
): Promise<Stores<M>> {
  assertInboxOutlastsTopics(config);
  const kafka = openKafka(config, log);
  const election = openElection({ config, log, clock, ids });
  const { lockRedis, cacheRedis } = openRedisPair(config, { name, log });
  const recentWrites = createRecentWrites({ redis: cacheRedis });
  const acknowledged = createAcknowledgedWrites(lockRedis);
  const database = openDatabase<M>({
    config,
    log,
    metrics,
    recentWrites,
    acknowledged,
    migrations,
    ...(models && { models }),
  });
  const relay = createRelay({ database, kafka, election, log, metrics });
  const purge = createPurge({
    database,
    log,
    idempotencyHours: config.IDEMPOTENCY_HOURS,
    outboxDays: config.OUTBOX_DAYS,
    inboxDays: config.INBOX_DAYS,
  });
  const withTopics = (job: Job): Job => ({
    part: job.part,
    run: async (signal) => {
      await ensureTopics(kafka, topicsToCreate(topics, config));
      await job.run(signal);
    },
  });
  const close = async () => {
    await database.close();
    await election?.close();
    for (const redis of new Set([lockRedis, cacheRedis])) redis.disconnect();
  };
  try {
    if (parts.has('migrate')) await database.migrate();
    // One that is there is waited for, or the first requests would be refused for want of locks.
    if (parts.has('http')) await redisReady(lockRedis, redisWaitMs);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    database,
    cache: createCache({ redis: cacheRedis, log, metrics }),
    cacheRedis,
    locks: createLocks({ redis: lockRedis, log, metrics }),
    inFlight: createInFlight({ redis: lockRedis }),
    recentWrites,
    kafka,
    election,
    relay,
    withTopics,
    jobs: [withTopics(relay), purge],
    readiness: { database: () => database.ping(), schema: () => database.assertMigrated() },
    close,
  };
}
