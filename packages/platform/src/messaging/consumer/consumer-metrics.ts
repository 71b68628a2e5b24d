import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { OldestInWork } from './oldest-in-work.ts';

export interface ConsumerMetrics {
  /** outcome: handled, failed (an attempt), dead-letter, not-ours (sent again for another group). */
  readonly messages: Counter<'topic' | 'group' | 'outcome'>;
  readonly duration: Histogram<'topic' | 'group'>;
  readonly lag: Gauge<'topic' | 'group' | 'partition'>;
  readonly oldest: OldestInWork;
}

/** Shared by all consumers of a registry; topics and groups are named without the platform's prefix. */
export function consumerMetrics(metrics: Registry): ConsumerMetrics {
  const messages = metrics.getSingleMetric('consumer_messages_total');
  const duration = metrics.getSingleMetric('consumer_handle_seconds');
  const lag = metrics.getSingleMetric('consumer_lag_messages');
  const oldest = metrics.getSingleMetric('consumer_oldest_unhandled_seconds');
  const registers = [metrics];
  return {
    messages:
      messages instanceof Counter
        ? messages
        : new Counter({
            name: 'consumer_messages_total',
            help: 'Messages a consumer had, by what came of them; a failed one is tried again',
            labelNames: ['topic', 'group', 'outcome'],
            registers,
          }),
    duration:
      duration instanceof Histogram
        ? duration
        : new Histogram({
            name: 'consumer_handle_seconds',
            help: 'Time until a message was handled, with all attempts',
            labelNames: ['topic', 'group'],
            buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
            registers,
          }),
    lag:
      lag instanceof Gauge
        ? lag
        : new Gauge({
            name: 'consumer_lag_messages',
            help: 'Messages of a partition not handled yet, as of its last fetch',
            labelNames: ['topic', 'group', 'partition'],
            registers,
          }),
    oldest: oldest instanceof OldestInWork ? oldest : new OldestInWork('consumer_oldest_unhandled_seconds', registers),
  };
}
