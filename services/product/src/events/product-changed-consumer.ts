import { productChanged } from '@onsale/contracts';
import { type ConsumerSetup, createConsumer } from '@onsale/platform/messaging';
import type { Job } from '@onsale/platform/service';
import type { forgetChangedProduct } from '../usecases/forget-changed-product.ts';

type Foundations = Pick<ConsumerSetup<unknown>, 'kafka' | 'log' | 'metrics'>;

/** Drops cached products when one changed: by an admin, or by becoming sold out or available. */
export const productChangedConsumer = (
  foundations: Foundations,
  forget: ReturnType<typeof forgetChangedProduct>,
): Job =>
  createConsumer({
    ...foundations,
    group: 'product-cache',
    topics: [productChanged.topic],
    part: 'product-cache',
    parse: productChanged.parse,
    handle: ({ data }, { signal }) => forget(data, signal),
  });
