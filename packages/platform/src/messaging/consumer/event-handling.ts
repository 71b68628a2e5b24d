import { systemClock } from '../../service/clock.ts';
import type { Logger } from '../../telemetry/create-logger.ts';
import { deadLetterMessage } from '../dead-letters/dead-letter-message.ts';
import type { Sender } from '../kafka/create-sender.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';
import type { ConsumerSetup } from './consumer-setup.ts';
import type { Incoming } from './incoming.ts';
import type { TryOptions } from './try-until-done.ts';

/** What the handling of a consumer's messages stands on. */
export interface EventHandling<D> extends Pick<ConsumerSetup<D>, 'group' | 'parse'> {
  readonly log: Logger;
  readonly metrics: ConsumerMetrics;
  readonly tries: Pick<TryOptions, 'attempts' | 'attemptTimeoutMs' | 'random'>;
  /** Writes the dead letter. @throws when the brokers did not acknowledge it */
  bury(incoming: Incoming, error: unknown, attempts: number): Promise<void>;
}

export function createEventHandling<D>(
  setup: ConsumerSetup<D>,
  { metrics, sender }: { readonly metrics: ConsumerMetrics; readonly sender: Sender },
): EventHandling<D> {
  const {
    group,
    parse,
    log,
    attempts = 5,
    attemptTimeoutMs = 30_000,
    random = Math.random,
    clock = systemClock,
  } = setup;
  return {
    group,
    parse,
    log,
    metrics,
    tries: { attempts, attemptTimeoutMs, random },
    async bury(incoming, error, tried) {
      const place = placeOf(incoming);
      try {
        await sender.send([deadLetterMessage(incoming, { group, error, attempts: tried, failedAt: clock.now() })]);
      } catch (refused) {
        log.error({ err: refused, group, ...place }, 'a dead letter could not be written; its message is tried again');
        throw refused;
      }
      metrics.messages.inc({ topic: incoming.topic, group, outcome: 'dead-letter' });
      log.error(
        { err: error, group, attempts: tried, ...place },
        'a message could not be handled: it is a dead letter',
      );
    },
  };
}

/** Where a message is, for the log. */
export const placeOf = ({ topic, partition, message }: Incoming) => ({ topic, partition, offset: message.offset });
