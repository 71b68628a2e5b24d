import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../../domain-error.ts';
import { within } from '../within.ts';
import type { KafkaConnection } from './open-kafka.ts';

export interface AwaitBrokers {
  readonly atLeast: number;
  readonly waitSeconds: number;
  /** Told why it is being waited, whenever that changes. */
  report(line: string): void;
}

const answerWithinMs = 15_000;
const lookAgainMs = 1_000;

/**
 * Waits until so many brokers serve.
 * @throws DomainError 'kafka-unavailable' that says why they do not, when they have not in time
 */
export async function awaitBrokers(
  kafka: KafkaConnection,
  { atLeast, waitSeconds, report }: AwaitBrokers,
): Promise<void> {
  const giveUpAt = performance.now() + waitSeconds * 1000;
  let told: string | undefined;
  for (;;) {
    const why = await whatIsMissing(kafka, atLeast);
    if (why === undefined) return;
    if (performance.now() >= giveUpAt) {
      throw new DomainError('unavailable', 'kafka-unavailable', `Kafka was not ready within ${waitSeconds} s: ${why}`);
    }
    if (why !== told) report(`waiting for Kafka: ${why}`);
    told = why;
    await delay(lookAgainMs);
  }
}

async function whatIsMissing(kafka: KafkaConnection, atLeast: number): Promise<string | undefined> {
  const admin = kafka.client.admin();
  const timeoutError = () => new Error(`no answer within ${answerWithinMs / 1000} s`);
  try {
    const { brokers } = await within({ timeoutMs: answerWithinMs, timeoutError }, async () => {
      await admin.connect();
      return admin.describeCluster();
    });
    return brokers.length >= atLeast ? undefined : `${brokers.length} of ${atLeast} brokers serve`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    // Not awaited: it may take as long as the brokers do.
    admin.disconnect().catch(() => undefined);
  }
}
