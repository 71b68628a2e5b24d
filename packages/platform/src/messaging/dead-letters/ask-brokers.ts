import { DomainError } from '../../domain-error.ts';
import { within } from '../within.ts';
import type { DeadLetterReading } from './dead-letter-reading.ts';

/**
 * Does what needs the brokers, and waits no longer than told: a client of Kafka takes its time to give up.
 * @throws DomainError 'kafka-unavailable' that says why
 */
export async function askBrokers<T>({ timeoutMs, signal }: DeadLetterReading, ask: () => Promise<T>): Promise<T> {
  const timeoutError = () => new Error(`no answer within ${timeoutMs} ms`);
  try {
    return await within({ timeoutMs, signal, timeoutError }, ask);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new DomainError('unavailable', 'kafka-unavailable', `Kafka could not do it: ${why}`, { cause: error });
  }
}
