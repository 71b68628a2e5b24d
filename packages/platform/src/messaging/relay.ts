import { createHash } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import type { DedicatedConnection } from '../database/dedicated-connection.ts';
import type { Job } from '../service/service-definition.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { createEventSender } from './event-sender.ts';
import { leadOutbox } from './lead-outbox.ts';
import type { KafkaConnection } from './open-kafka.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import { createWakeUp } from './wake-up.ts';

export interface Relay extends Job {
  /** Looks at the outbox now instead of at the next poll. */
  wake(): void;
}

export interface RelayOptions<M> {
  readonly database: Database<M>;
  readonly kafka: KafkaConnection;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads retries; Math.random unless given. */
  readonly random?: () => number;
}

/**
 * The part 'relay': sends the schema's outbox to Kafka. Of all relays on one schema the holder of a named lock on the
 * primary leads; its connection's end is its lead's end. Two that lead for a moment send some events twice, in order.
 */
export function createRelay<M>({ database, kafka, log, metrics, random = Math.random }: RelayOptions<M>): Relay {
  const relayMetrics = createRelayMetrics(metrics);
  const wakeUp = createWakeUp();
  const lock = lockName(database.name);

  const leadOnce = async (signal: AbortSignal) => {
    const sender = createEventSender(kafka);
    const connection = await database.dedicate();
    try {
      while (!signal.aborted && !(await takesLock(connection, lock))) {}
      if (signal.aborted) return;
      log.info({ schema: database.name }, 'relay leads');
      await leadOutbox({ connection, sender, wakeUp, metrics: relayMetrics, log, random }, signal);
    } finally {
      connection.destroy();
      await sender.close();
      relayMetrics.unsent.set(Number.NaN);
      relayMetrics.oldestUnsent.set(Number.NaN);
    }
  };

  return {
    part: 'relay',
    wake: wakeUp.wake,
    async run(signal) {
      while (!signal.aborted) {
        try {
          await leadOnce(signal);
        } catch (error) {
          log.warn({ err: error, schema: database.name }, 'relay lost its connection; trying again');
          await wakeUp.wait(500 + random() * 500, signal);
        }
      }
    },
  };
}

/** Waits a second for the lock at most, so that an abort is seen in time. */
async function takesLock(connection: DedicatedConnection, lock: string): Promise<boolean> {
  const [row] = await connection.rows<{ granted: number | null }>('SELECT GET_LOCK(?, 1) AS granted', [lock]);
  return row?.granted === 1;
}

/** Lock names are the server's, not the schema's, and 64 characters at most. */
function lockName(schema: string): string {
  const name = `relay:${schema}`;
  return name.length <= 64 ? name : `relay:${createHash('sha256').update(schema).digest('hex').slice(0, 48)}`;
}
