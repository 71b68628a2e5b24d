import { Gauge, type Registry } from 'prom-client';

/** Shared by all lead jobs of a registry. */
export function leaderGauge(metrics: Registry): Gauge<'lock'> {
  const known = metrics.getSingleMetric('leader');
  if (known instanceof Gauge) return known;
  return new Gauge({
    name: 'leader',
    help: '1 while this process leads what the lock guards, else 0',
    labelNames: ['lock'],
    registers: [metrics],
  });
}
