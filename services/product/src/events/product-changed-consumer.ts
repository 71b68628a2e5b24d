import { productChanged } from '@onsale/contracts';
import { type ConsumerOptions, createConsumer } from '@onsale/platform/messaging';
import type { Job } from '@onsale/platform/service';

type Foundations = Pick<ConsumerOptions<unknown>, 'kafka' | 'log' | 'metrics'>;

/** Drops cached products when one changed: by an admin, or by becoming sold out or available. */
export const productChangedConsumer = (foundations: Foundations, forget: (productId: string) => Promise<void>): Job =>
  createConsumer({
    ...foundations,
    group: 'product-cache',
    topic: productChanged.topic,
    part: 'product-cache',
    parse: ({ data }) => productChanged.schema.parse(data),
    handle: ({ productId }) => forget(productId),
  });
