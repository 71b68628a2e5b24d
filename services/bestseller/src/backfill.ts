import { type DatabaseConfig, openDatabase } from '@onsale/platform/database';
import { openRedis, redisReady } from '@onsale/platform/redis';
import { ConfigError, loadConfig, systemClock } from '@onsale/platform/service';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import { backfillDays, UsageError, usage } from './command-line/backfill-arguments.ts';
import { findEnvironment } from './command-line/find-environment.ts';
import { backfillConfig } from './config.ts';
import { lastEnded } from './domain/day.ts';
import { salesTopics } from './events/sales-consumer.ts';
import { createRanking } from './ranking/ranking.ts';
import { SALES_CONSUMER } from './usecases/count-sales.ts';
import { recountStatistics } from './usecases/recount-statistics.ts';
import { takeSnapshots } from './usecases/take-snapshots.ts';

// A day is recounted by one look at all orders, which may take longer than anybody else would wait.
const PATIENT = {
  DB_STATEMENT_TIMEOUT_MS: 600_000,
  DB_TRANSACTION_BUDGET_MS: 600_000,
} satisfies Partial<DatabaseConfig>;
const REDIS_WAIT_MS = 2_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const days = backfillDays(process.argv.slice(2));
  if (days === undefined) return say(usage);
  const config = loadConfig(backfillConfig, await findEnvironment(process.env));
  const log = createLogger({ name: 'backfill', level: config.LOG_LEVEL, destination: process.stderr });
  const database = openDatabase({ config: { ...config, ...PATIENT }, log, metrics: createMetrics('backfill') });
  const redis = openRedis({
    url: config.REDIS_CACHE_URL,
    password: config.REDIS_CACHE_PASSWORD,
    name: 'backfill',
    log,
    caFile: config.REDIS_CA_FILE,
  });
  try {
    await redisReady(redis, REDIS_WAIT_MS);
    const recount = recountStatistics({ database, ranking: createRanking(redis) });
    for (const day of days) {
      const { products, corrected, rankingFailure } = await recount(day);
      const untold = rankingFailure === undefined ? '' : ', the live ranking could not be told';
      say(`${day}  ${products} products, ${corrected} corrected${untold}`);
    }
    const newest = lastEnded(systemClock.now(), config.SNAPSHOT_GRACE_SECONDS * 1000);
    const take = takeSnapshots({
      database,
      clock: systemClock,
      log,
      events: { consumer: SALES_CONSUMER, topics: salesTopics },
      waitSeconds: config.SNAPSHOT_WAIT_SECONDS,
      size: config.SNAPSHOT_SIZE,
    });
    const ended = days.filter((day) => day <= newest);
    for (const day of await take(ended, new AbortController().signal)) say(`${day}  snapshot taken`);
  } finally {
    redis.disconnect();
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  const expected = error instanceof UsageError || error instanceof ConfigError;
  process.stderr.write(`backfill: ${expected ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
