import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { sharedMetric } from '../../telemetry/shared-metric.ts';

export type BreakerState = 'closed' | 'half-open' | 'open';

/** Shared by all clients of a registry. */
export interface ClientMetrics {
  /** outcome: ok, refused, unreadable, aborted, failed, or the code of what is unavailable. */
  readonly calls: Counter<'client' | 'outcome'>;
  readonly duration: Histogram<'client'>;
  readonly state: Gauge<'client'>;
  readonly transitions: Counter<'client' | 'to'>;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function clientMetrics(metrics: Registry): ClientMetrics {
  return {
    calls: sharedMetric(metrics, Counter<'client' | 'outcome'>, {
      name: 'http_client_calls_total',
      help: 'Calls of another server, by what came of them',
      labelNames: ['client', 'outcome'],
    }),
    duration: sharedMetric(metrics, Histogram<'client'>, {
      name: 'http_client_seconds',
      help: 'From the start of a call of another server to the end of its answer',
      labelNames: ['client'],
      buckets,
    }),
    state: sharedMetric(metrics, Gauge<'client'>, {
      name: 'http_client_breaker_state',
      help: 'The circuit breaker before another server: 0 closed, 1 half-open, 2 open',
      labelNames: ['client'],
    }),
    transitions: sharedMetric(metrics, Counter<'client' | 'to'>, {
      name: 'http_client_breaker_transitions_total',
      help: 'How often the circuit breaker before another server changed its state',
      labelNames: ['client', 'to'],
    }),
  };
}
