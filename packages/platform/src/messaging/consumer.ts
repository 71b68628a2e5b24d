import { SpanKind } from '@opentelemetry/api';
import type { Consumer, EachMessagePayload } from 'kafkajs';
import type { Registry } from 'prom-client';
import type { Job } from '../service/service-definition.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { contextFromHeaders } from '../telemetry/trace-headers.ts';
import { withSpan } from '../telemetry/with-span.ts';
import { consumerMetrics } from './consumer-metrics.ts';
import type { ReceivedEvent } from './event.ts';
import { eventOf } from './event-message.ts';
import { handleUntilDone } from './handle-until-done.ts';
import type { KafkaConnection } from './open-kafka.ts';

export interface ConsumerOptions<E> {
  readonly kafka: KafkaConnection;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly group: string;
  readonly topic: string;
  /** Name of the part of the service that this job is. */
  readonly part: string;
  /** Throws when the event is not what it should be; such a message is logged, counted and passed over. */
  readonly parse: (received: ReceivedEvent) => E;
  /** Must be harmless when run twice for one event. A rejection has it run again, with back-off, until it succeeds. */
  readonly handle: (event: E, context: { readonly signal: AbortSignal }) => Promise<void>;
  /** Spreads retries; Math.random unless given. */
  readonly random?: () => number;
}

/** A job that handles a topic's events in the order of each key; an offset is committed after the effect. */
export function createConsumer<E>(options: ConsumerOptions<E>): Job {
  const { kafka, group, topic, part } = options;
  const metrics = consumerMetrics(options.metrics);
  return {
    part,
    async run(signal) {
      const consumer = kafka.client.consumer({
        groupId: kafka.nameOf(group),
        allowAutoTopicCreation: false,
        sessionTimeout: 10_000,
        rebalanceTimeout: 20_000,
        heartbeatInterval: 1000,
        maxWaitTimeInMs: 500,
        // A consumer that gave up is made anew by whoever runs this job.
        retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 8, restartOnFailure: async () => false },
      });
      const ended = crashOrAbort(consumer, signal);
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [kafka.nameOf(topic)], fromBeginning: true });
        await consumer.run({
          partitionsConsumedConcurrently: 3,
          eachMessage: (payload) => handleMessage(options, metrics, payload, signal),
        });
        await ended;
      } finally {
        await consumer.disconnect().catch(() => undefined);
      }
    },
  };
}

async function handleMessage<E>(
  options: ConsumerOptions<E>,
  metrics: ReturnType<typeof consumerMetrics>,
  { message, partition, heartbeat }: EachMessagePayload,
  signal: AbortSignal,
): Promise<void> {
  const { topic, group, log, random = Math.random } = options;
  const place = { topic, group, partition, offset: message.offset };
  const event = parsed(options, message);
  if (event.error !== undefined) {
    log.error({ err: event.error, ...place }, 'a message cannot be read, and is passed over');
    metrics.messages.inc({ topic, group, outcome: 'unreadable' });
    return;
  }
  const stop = metrics.duration.startTimer({ topic, group });
  const setup = {
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.destination.name': topic, 'messaging.message.id': event.id, 'messaging.group': group },
    parent: contextFromHeaders(message.headers),
  };
  await withSpan(`consume ${topic}`, setup, () =>
    handleUntilDone((attempt) => options.handle(event.value, { signal: attempt }), {
      signal,
      heartbeat,
      random,
      onFailure: (error, failures) => {
        metrics.messages.inc({ topic, group, outcome: 'failed' });
        log.warn({ err: error, failures, eventId: event.id, ...place }, 'an event could not be handled; trying again');
      },
    }),
  );
  stop();
  metrics.messages.inc({ topic, group, outcome: 'handled' });
}

function parsed<E>({ topic, parse }: ConsumerOptions<E>, message: EachMessagePayload['message']) {
  try {
    const received = eventOf(topic, message);
    return { id: received.id, value: parse(received) };
  } catch (error) {
    return { error: error ?? new Error('the message was refused without a reason') };
  }
}

/** Resolves when the job is to end; rejects when the consumer has given up. */
function crashOrAbort(consumer: Consumer, signal: AbortSignal): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
      if (!restart) reject(error);
    });
  });
  // It may reject while the consumer is still connecting, before anyone waits for it.
  ended.catch(() => undefined);
  return ended;
}
