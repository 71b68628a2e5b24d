import { Counter, Histogram, type Registry } from 'prom-client';

export interface TransactionMetrics {
  readonly duration: Histogram<'name' | 'outcome'>;
  readonly retries: Counter<'name' | 'reason'>;
}

export function createTransactionMetrics(metrics: Registry): TransactionMetrics {
  return {
    duration: new Histogram({
      name: 'db_transaction_duration_seconds',
      help: 'Time a transaction took with all its attempts, by how it ended',
      labelNames: ['name', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [metrics],
    }),
    retries: new Counter({
      name: 'db_transaction_retries_total',
      help: 'Transactions that were run again from the start, by reason',
      labelNames: ['name', 'reason'],
      registers: [metrics],
    }),
  };
}
