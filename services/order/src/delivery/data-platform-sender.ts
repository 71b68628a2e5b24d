import { createHttpClient, type HttpClientOptions } from '@onsale/platform/http';
import { type ConsumerSetup, createConsumer } from '@onsale/platform/messaging';
import type { Job } from '@onsale/platform/service';
import { deliverOrderFact } from './deliver-order-fact.ts';
import { deliveredTopics, type OrderFact, orderFactOf } from './order-fact.ts';

export interface DataPlatformSenderOptions extends Pick<ConsumerSetup<OrderFact>, 'kafka' | 'log' | 'metrics'> {
  readonly platform: Pick<HttpClientOptions, 'baseUrl' | 'timeoutMs' | 'breaker'> & { readonly key: string };
}

/**
 * The part 'data-platform-sender': tells the data platform of every order and cancellation, at least once each. Its
 * connections are its own and live as long as the job: no order ever waits for them.
 */
export function dataPlatformSender({ platform, ...foundations }: DataPlatformSenderOptions): Job {
  const part = 'data-platform-sender';
  const { key, ...connection } = platform;
  return {
    part,
    async run(signal) {
      const { log, metrics } = foundations;
      const headers = { authorization: `Bearer ${key}` };
      const client = createHttpClient({ name: 'data-platform', ...connection, headers, log, metrics });
      const consumer = createConsumer<OrderFact>({
        ...foundations,
        group: part,
        part,
        topics: deliveredTopics,
        keysAtOnce: 8,
        parse: orderFactOf,
        handle: deliverOrderFact(client),
      });
      try {
        await consumer.run(signal);
      } finally {
        await client.close();
      }
    },
  };
}
