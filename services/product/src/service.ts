import { topics } from '@onsale/contracts';
import type { ServiceDefinition } from '@onsale/platform/service';
import { openStores } from '@onsale/platform/stores';
import type { z } from 'zod';
import { productConfig } from './config.ts';
import { productChangedConsumer } from './events/product-changed-consumer.ts';
import { productRoutes } from './http/product-routes.ts';
import { administerProducts } from './usecases/administer-products.ts';
import { forgetChangedProduct } from './usecases/forget-changed-product.ts';
import { getProduct } from './usecases/get-product.ts';
import { listProducts } from './usecases/list-products.ts';

/** The catalogue, its administration and its stock. Selling from the stock belongs to orders, through `./tx`. */
export const productService: ServiceDefinition<z.infer<typeof productConfig>> = {
  name: 'product',
  config: productConfig,
  async create(context) {
    const { clock, ids, log, metrics } = context;
    const stores = await openStores(context, {
      migrations: { owner: 'product', directory: new URL('../migrations/', import.meta.url) },
      topics,
    });
    const { database, cache, inFlight, kafka } = stores;
    const onCommitted = () => stores.relay.wake();
    return {
      routes: productRoutes({
        listProducts: listProducts({ database, cache }),
        getProduct: getProduct({ database, cache }),
        ...administerProducts({ database, inFlight, cache, clock, ids, onCommitted }),
      }),
      jobs: [
        ...stores.jobs,
        stores.withTopics(productChangedConsumer({ kafka, log, metrics }, forgetChangedProduct({ database, cache }))),
      ],
      readiness: stores.readiness,
      close: () => stores.close(),
    };
  },
};
