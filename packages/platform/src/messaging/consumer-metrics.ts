import { Counter, Histogram, type Registry } from 'prom-client';

export interface ConsumerMetrics {
  /** outcome: handled, failed (and tried again), unreadable (and passed over). */
  readonly messages: Counter<'topic' | 'group' | 'outcome'>;
  readonly duration: Histogram<'topic' | 'group'>;
}

/** Shared by all consumers of a registry. */
export function consumerMetrics(metrics: Registry): ConsumerMetrics {
  const messages = metrics.getSingleMetric('consumer_messages_total');
  const duration = metrics.getSingleMetric('consumer_handle_seconds');
  return {
    messages:
      messages instanceof Counter
        ? messages
        : new Counter({
            name: 'consumer_messages_total',
            help: 'Messages a consumer had, by what came of them; a failed one is tried again',
            labelNames: ['topic', 'group', 'outcome'],
            registers: [metrics],
          }),
    duration:
      duration instanceof Histogram
        ? duration
        : new Histogram({
            name: 'consumer_handle_seconds',
            help: 'Time until a message was handled, with all attempts',
            labelNames: ['topic', 'group'],
            buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
            registers: [metrics],
          }),
  };
}
