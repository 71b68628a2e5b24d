import { Counter, Histogram, type Registry } from 'prom-client';

export interface LockMetrics {
  readonly wait: Histogram;
  readonly hold: Histogram;
  readonly failures: Counter<'reason'>;
}

const buckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createLockMetrics(metrics: Registry): LockMetrics {
  const registers = [metrics];
  return {
    wait: new Histogram({
      name: 'lock_wait_seconds',
      help: 'Time until locks were had or given up',
      buckets,
      registers,
    }),
    hold: new Histogram({ name: 'lock_hold_seconds', help: 'Time locks were held', buckets, registers }),
    failures: new Counter({
      name: 'lock_failures_total',
      help: 'Locks not had (taken, unavailable), gone without since Redis is away (proceeded), or lost while held (lost)',
      labelNames: ['reason'],
      registers,
    }),
  };
}
