import { topics } from '@onsale/contracts';
import type { ServiceDefinition } from '@onsale/platform/service';
import { openStores } from '@onsale/platform/stores';
import { type OrderConfig, orderConfig } from './config.ts';
import { type DataPlatformSenderOptions, dataPlatformSender } from './delivery/data-platform-sender.ts';
import { MAX_BATCH_PRODUCTS, productsOf } from './domain/batch.ts';
import { orderRoutes } from './http/order-routes.ts';
import { createLanes } from './lanes/lanes.ts';
import { cancelOrder } from './usecases/cancel-order.ts';
import type { OrderJob, PlacedOrder } from './usecases/order-job.ts';
import { placeBatch } from './usecases/place-batch.ts';
import { createPlaceOrder } from './usecases/place-order.ts';
import { lookUpAnswers, placeOrders } from './usecases/place-orders.ts';
import { getOrder, listOrders } from './usecases/read-orders.ts';
import { createSoldOutFlags } from './usecases/sold-out-flags.ts';

/** Orders paid by points: placed in batches, each in one transaction over stock, points and orders. */
export const orderService: ServiceDefinition<OrderConfig> = {
  name: 'order',
  config: orderConfig,
  async create(context) {
    const { config, clock, ids, log, metrics } = context;
    const stores = await openStores(context, {
      migrations: { owner: 'order', directory: new URL('../migrations/', import.meta.url) },
      topics,
    });
    const { database, locks, cache, inFlight, recentWrites } = stores;
    const soldOut = createSoldOutFlags(cache);
    const onCommitted = () => stores.relay.wake();
    const lanes = createLanes<OrderJob, PlacedOrder>({
      productsOf: (job) => productsOf([job]),
      lastLook: lookUpAnswers({ database }),
      run: placeOrders({
        database,
        locks,
        cache,
        recentWrites,
        soldOut,
        log,
        lockWaitMs: config.ORDER_LOCK_WAIT_MS,
        placeBatch: placeBatch({ clock, ids }),
        onCommitted,
      }),
      maxRunning: config.ORDER_BATCHES_AT_ONCE,
      maxJobsOfBatch: config.ORDER_BATCH_LIMIT,
      maxProductsOfBatch: MAX_BATCH_PRODUCTS,
      maxInHand: config.ORDER_LANE_LIMIT,
      waitMs: config.ORDER_WAIT_MS,
    });
    const platform = platformOf(config);
    const senders = platform ? [dataPlatformSender({ kafka: stores.kafka, log, metrics, platform })] : [];
    return {
      routes: orderRoutes({
        placeOrder: createPlaceOrder(lanes),
        cancelOrder: cancelOrder({ database, inFlight, cache, recentWrites, soldOut, clock, ids, onCommitted }),
        getOrder: getOrder({ database }),
        listOrders: listOrders({ database }),
      }),
      jobs: [...stores.jobs, ...senders.map((sender) => stores.withTopics(sender))],
      readiness: stores.readiness,
      close: () => stores.close(),
    };
  },
};

/** The data platform as the environment names it, if it does. */
function platformOf(config: OrderConfig): DataPlatformSenderOptions['platform'] | undefined {
  const { DATA_PLATFORM_URL: baseUrl, DATA_PLATFORM_KEY: key } = config;
  if (baseUrl === undefined || key === undefined) return undefined;
  return {
    baseUrl,
    key,
    timeoutMs: config.DATA_PLATFORM_TIMEOUT_MS,
    breaker: {
      errorPercentage: config.DATA_PLATFORM_BREAKER_PERCENT,
      minimumCalls: config.DATA_PLATFORM_BREAKER_MIN_CALLS,
      resetMs: config.DATA_PLATFORM_BREAKER_RESET_MS,
    },
  };
}
