import { balanceChanged } from '@onsale/contracts';
import { type ConsumerSetup, createConsumer } from '@onsale/platform/messaging';
import type { Job } from '@onsale/platform/service';
import type { correctBalance } from '../usecases/correct-balance.ts';

type Foundations = Pick<ConsumerSetup<unknown>, 'kafka' | 'log' | 'metrics'>;

/** Corrects remembered balances after changes whose process did not live to do so. */
export const balanceChangedConsumer = (foundations: Foundations, correct: ReturnType<typeof correctBalance>): Job =>
  createConsumer({
    ...foundations,
    group: 'balance-cache',
    topics: [balanceChanged.topic],
    part: 'balance-cache',
    parse: balanceChanged.parse,
    handle: ({ data }) => correct(data),
  });
