import type { Registry } from 'prom-client';
import type { Clock } from '../../service/clock.ts';
import type { Logger } from '../../telemetry/create-logger.ts';
import type { ReceivedEvent } from '../event.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';

/** What every consumer is made with. */
export interface ConsumerSetup<D> {
  readonly kafka: KafkaConnection;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly group: string;
  readonly topics: readonly string[];
  /** Name of the part of the service that this job is. */
  readonly part: string;
  /** The event's data, checked. Throws when they are not what they should be: the message is a dead letter at once. */
  readonly parse: (received: ReceivedEvent) => D;
  /**
   * How often an event may fail by its own fault before it is a dead letter; 5 unless given. A failure because something
   * is away (a DomainError of kind `unavailable`) never counts: the event is tried until it succeeds.
   */
  readonly attempts?: number;
  /** How long one attempt may take, in milliseconds; then its signal aborts and it has failed. 30 s unless given. */
  readonly attemptTimeoutMs?: number;
  /** What dead letters are dated by; the machine's unless given. */
  readonly clock?: Clock;
  /** Spreads retries; Math.random unless given. */
  readonly random?: () => number;
}

/** What goes along with the events that are to be handled. */
export interface HandleContext {
  /** Aborts when the attempt has had its time, when the partition is lost and when the job is to end. */
  readonly signal: AbortSignal;
}
