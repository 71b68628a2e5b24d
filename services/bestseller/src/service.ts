import { topics } from '@onsale/contracts';
import type { ServiceDefinition } from '@onsale/platform/service';
import { openStores } from '@onsale/platform/stores';
import type { z } from 'zod';
import { bestsellerConfig } from './config.ts';
import { salesConsumer, salesTopics } from './events/sales-consumer.ts';
import { bestsellerRoutes } from './http/bestseller-routes.ts';
import { rankingJob } from './jobs/ranking-job.ts';
import { snapshotJob } from './jobs/snapshot-job.ts';
import { createRanking } from './ranking/ranking.ts';
import { createRankingMetrics } from './ranking/ranking-metrics.ts';
import { countSales, SALES_CONSUMER } from './usecases/count-sales.ts';
import { keepRanking } from './usecases/keep-ranking.ts';
import { liveBestsellers } from './usecases/live-bestsellers.ts';
import { popularProducts } from './usecases/popular-products.ts';
import { readSnapshot } from './usecases/read-snapshot.ts';
import { takeSnapshots } from './usecases/take-snapshots.ts';

/** What sells best: counted from the orders' events, ranked live, and written down each midnight. */
export const bestsellerService: ServiceDefinition<z.infer<typeof bestsellerConfig>> = {
  name: 'bestseller',
  config: bestsellerConfig,
  async create(context) {
    const { config, clock, ids, log, metrics } = context;
    const stores = await openStores(context, {
      migrations: { owner: 'bestseller', directory: new URL('../migrations/', import.meta.url) },
      topics,
    });
    const { database, cache, kafka, election } = stores;
    const ranking = createRanking(stores.cacheRedis);
    const rankingMetrics = createRankingMetrics(metrics);
    const count = countSales({ database, ranking, metrics: rankingMetrics, log });
    const keep = keepRanking({ database, ranking, metrics: rankingMetrics, ids, log });
    const take = takeSnapshots({
      database,
      clock,
      log,
      events: { consumer: SALES_CONSUMER, topics: salesTopics },
      waitSeconds: config.SNAPSHOT_WAIT_SECONDS,
      size: config.SNAPSHOT_SIZE,
    });
    return {
      routes: bestsellerRoutes({
        liveBestsellers: liveBestsellers({ database, cache, ranking, clock }),
        popularProducts: popularProducts({ database, cache, clock }),
        readSnapshot: readSnapshot({ database, cache }),
      }),
      jobs: [
        ...stores.jobs,
        stores.withTopics(salesConsumer({ kafka, log, metrics }, count)),
        rankingJob(
          { database, election, log, metrics },
          { keep, ranking, clock, checkMs: config.RANKING_CHECK_MS, compareMs: config.RANKING_COMPARE_MS },
        ),
        snapshotJob(
          { database, election, log, metrics },
          { take, clock, graceSeconds: config.SNAPSHOT_GRACE_SECONDS, catchUpDays: config.SNAPSHOT_CATCH_UP_DAYS },
        ),
      ],
      readiness: stores.readiness,
      close: () => stores.close(),
    };
  },
};
