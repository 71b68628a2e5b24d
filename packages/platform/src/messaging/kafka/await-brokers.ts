import { DomainError } from '../../domain-error.ts';
import { keepTrying, type Waiting } from '../../service/keep-trying.ts';
import { within } from '../within.ts';
import type { KafkaConnection } from './open-kafka.ts';

export interface AwaitBrokers extends Waiting {
  readonly atLeast: number;
}

const answerWithinMs = 15_000;

/**
 * Waits until so many brokers serve.
 * @throws DomainError 'kafka-unavailable' that says why they do not, when they have not in time
 */
export function awaitBrokers(kafka: KafkaConnection, { atLeast, ...waiting }: AwaitBrokers): Promise<void> {
  return keepTrying({
    ...waiting,
    what: 'Kafka',
    attempt: () => assertBrokers(kafka, atLeast),
    failure: (message, cause) => new DomainError('unavailable', 'kafka-unavailable', message, { cause }),
  });
}

async function assertBrokers(kafka: KafkaConnection, atLeast: number): Promise<void> {
  const admin = kafka.client.admin();
  const timeoutError = () => new Error(`no answer within ${answerWithinMs / 1000} s`);
  try {
    const { brokers } = await within({ timeoutMs: answerWithinMs, timeoutError }, async () => {
      await admin.connect();
      return admin.describeCluster();
    });
    if (brokers.length < atLeast) throw new Error(`${brokers.length} of ${atLeast} brokers serve`);
  } finally {
    // Not awaited: it may take as long as the brokers do.
    admin.disconnect().catch(() => undefined);
  }
}
