import { Counter, Gauge, type Registry } from 'prom-client';

export interface RelayMetrics {
  /** Of the leader; NaN elsewhere. */
  readonly unsent: Gauge;
  readonly oldestUnsent: Gauge;
  readonly sent: Counter<'topic'>;
  readonly failures: Counter;
}

export function createRelayMetrics(metrics: Registry): RelayMetrics {
  const registers = [metrics];
  const unsent = new Gauge({ name: 'outbox_unsent', help: 'Events that wait to be sent', registers });
  const oldestUnsent = new Gauge({
    name: 'outbox_oldest_unsent_seconds',
    help: 'Age of the oldest event that waits to be sent',
    registers,
  });
  unsent.set(Number.NaN);
  oldestUnsent.set(Number.NaN);
  return {
    unsent,
    oldestUnsent,
    sent: new Counter({
      name: 'outbox_sent_total',
      help: 'Events the brokers have acknowledged',
      labelNames: ['topic'],
      registers,
    }),
    failures: new Counter({
      name: 'outbox_send_failures_total',
      help: 'Sends that failed and are tried again',
      registers,
    }),
  };
}
