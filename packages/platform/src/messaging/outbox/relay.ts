import type { Registry } from 'prom-client';
import type { Database } from '../../database/database.ts';
import { leadJob } from '../../database/lead-job.ts';
import type { Election } from '../../election/election.ts';
import type { Job } from '../../service/service-definition.ts';
import type { Logger } from '../../telemetry/create-logger.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { createWakeUp } from '../wake-up.ts';
import { createEventSender } from './event-sender.ts';
import { leadOutbox } from './lead-outbox.ts';
import { createRelayMetrics } from './relay-metrics.ts';

export interface Relay extends Job {
  /** Looks at the outbox now instead of at the next poll. */
  wake(): void;
}

export interface RelayOptions<M> {
  readonly database: Database<M>;
  readonly kafka: KafkaConnection;
  /** Who chooses the leader; a named lock on the database's primary unless given. */
  readonly election?: Election | undefined;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads retries; Math.random unless given. */
  readonly random?: () => number;
}

/**
 * The part 'relay': sends the schema's outbox to Kafka. Of all relays on one schema one leads. Two that lead for a
 * moment send some events twice, in order.
 */
export function createRelay<M>(options: RelayOptions<M>): Relay {
  const { database, kafka, election, log, metrics, random = Math.random } = options;
  const relayMetrics = createRelayMetrics(metrics);
  const wakeUp = createWakeUp();
  const job = leadJob({
    part: 'relay',
    database,
    election,
    lock: 'relay',
    log,
    metrics,
    random,
    async work(signal, connection) {
      const sender = createEventSender(kafka);
      try {
        await leadOutbox({ connection, sender, wakeUp, metrics: relayMetrics, log, random }, signal);
      } finally {
        await sender.close();
        relayMetrics.unsent.set(Number.NaN);
        relayMetrics.oldestUnsent.set(Number.NaN);
      }
    },
  });
  return { ...job, wake: wakeUp.wake };
}
