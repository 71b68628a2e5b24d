import { type Context, SpanKind } from '@opentelemetry/api';
import { contextFromHeaders } from '../../telemetry/trace-headers.ts';
import type { Incoming } from './incoming.ts';

/** How the span of an event's handling is made: it goes on with the trace of the event's cause. */
export function eventSpan({ topic, partition, message }: Incoming, about: { group: string; eventId: string }) {
  const parent: Context = contextFromHeaders(message.headers);
  return {
    name: `consume ${topic}`,
    parent,
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.message.id': about.eventId,
      'messaging.consumer.group.name': about.group,
      'messaging.kafka.offset': message.offset,
    },
  };
}
