import { Gauge, type Registry } from 'prom-client';
import { sharedMetric } from '../telemetry/shared-metric.ts';

/** Shared by all lead jobs of a registry. */
export function leaderGauge(metrics: Registry): Gauge<'lock'> {
  return sharedMetric(metrics, Gauge<'lock'>, {
    name: 'leader',
    help: '1 while this process leads what the lock guards, else 0',
    labelNames: ['lock'],
  });
}
