import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { ReceivedEvent } from './event.ts';
import type { OutboxRow } from './outbox/outbox-rows.ts';

/** A row as a CloudEvent in Kafka's binary mode. */
export function messageOf(row: OutboxRow): Message {
  return {
    key: row.messageKey,
    value: row.data,
    headers: {
      ce_specversion: '1.0',
      ce_id: row.eventId,
      ce_type: row.type,
      ce_source: row.source,
      ce_time: row.createdAt.toISOString(),
      ...(row.subject === null ? {} : { ce_subject: row.subject }),
      'content-type': 'application/json',
      ...(row.traceParent === null ? {} : { traceparent: row.traceParent }),
    },
  };
}

/** The event in a message. @throws Error naming what the message lacks to be one */
export function eventOf(topic: string, message: Pick<KafkaMessage, 'key' | 'value' | 'headers'>): ReceivedEvent {
  const { headers } = message;
  const time = new Date(required(headers, 'ce_time'));
  if (Number.isNaN(time.getTime())) throw new Error('ce_time is not a time');
  if (message.key === null) throw new Error('the message has no key');
  const subject = header(headers, 'ce_subject');
  return {
    id: required(headers, 'ce_id'),
    type: required(headers, 'ce_type'),
    source: required(headers, 'ce_source'),
    topic,
    key: message.key.toString(),
    time,
    ...(subject === undefined ? {} : { subject }),
    data: JSON.parse(message.value?.toString() ?? ''),
  };
}

function required(headers: IHeaders | undefined, name: string): string {
  const value = header(headers, name);
  if (value === undefined || value === '') throw new Error(`the header ${name} is missing`);
  return value;
}

function header(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return (Array.isArray(value) ? value[0] : value)?.toString();
}
