import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { sharedMetric } from '../../telemetry/shared-metric.ts';
import { OldestInWork } from './oldest-in-work.ts';

export interface ConsumerMetrics {
  /** outcome: handled, failed (an attempt), dead-letter, not-ours (sent again for another group). */
  readonly messages: Counter<'topic' | 'group' | 'outcome'>;
  readonly duration: Histogram<'topic' | 'group'>;
  readonly lag: Gauge<'topic' | 'group' | 'partition'>;
  readonly oldest: OldestInWork;
}

const buckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 30];

/** Shared by all consumers of a registry; topics and groups are named without the platform's prefix. */
export function consumerMetrics(metrics: Registry): ConsumerMetrics {
  return {
    messages: sharedMetric(metrics, Counter<'topic' | 'group' | 'outcome'>, {
      name: 'consumer_messages_total',
      help: 'Messages a consumer had, by what came of them; a failed one is tried again',
      labelNames: ['topic', 'group', 'outcome'],
    }),
    duration: sharedMetric(metrics, Histogram<'topic' | 'group'>, {
      name: 'consumer_handle_seconds',
      help: 'Time until a message was handled, with all attempts',
      labelNames: ['topic', 'group'],
      buckets,
    }),
    lag: sharedMetric(metrics, Gauge<'topic' | 'group' | 'partition'>, {
      name: 'consumer_lag_messages',
      help: 'Messages of a partition not handled yet, as of its last fetch',
      labelNames: ['topic', 'group', 'partition'],
    }),
    oldest: sharedMetric(metrics, OldestInWork, { name: 'consumer_oldest_unhandled_seconds' }),
  };
}
