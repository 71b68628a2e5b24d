import { topics } from '@onsale/contracts';
import type { ServiceDefinition } from '@onsale/platform/service';
import { openStores } from '@onsale/platform/stores';
import type { z } from 'zod';
import { pointConfig } from './config.ts';
import { balanceChangedConsumer } from './events/balance-changed-consumer.ts';
import { pointRoutes } from './http/point-routes.ts';
import { chargePoints } from './usecases/charge-points.ts';
import { correctBalance } from './usecases/correct-balance.ts';
import { getBalance, listEntries } from './usecases/read-points.ts';

/** Points: a ledger, and what users add to it. Spending belongs to whoever sells, through `./tx`. */
export const pointService: ServiceDefinition<z.infer<typeof pointConfig>> = {
  name: 'point',
  config: pointConfig,
  async create(context) {
    const { config, clock, ids, log, metrics } = context;
    const stores = await openStores(context, {
      migrations: { owner: 'point', directory: new URL('../migrations/', import.meta.url) },
      topics,
    });
    const { database, locks, inFlight, cache, recentWrites, kafka } = stores;
    return {
      routes: pointRoutes({
        chargePoints: chargePoints({
          database,
          locks,
          inFlight,
          cache,
          recentWrites,
          clock,
          ids,
          waitMs: config.CHARGE_WAIT_MS,
          onCommitted: () => stores.relay.wake(),
        }),
        getBalance: getBalance({ database, cache }),
        listEntries: listEntries({ database }),
      }),
      jobs: [
        ...stores.jobs,
        stores.withTopics(balanceChangedConsumer({ kafka, log, metrics }, correctBalance({ database, cache }))),
      ],
      readiness: stores.readiness,
      close: () => stores.close(),
    };
  },
};
