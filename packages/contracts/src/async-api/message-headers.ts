import type { Json } from './json.ts';

const text = { type: 'string', minLength: 1 };

/** The headers of every event: CloudEvents 1.0 in Kafka's binary mode. */
export const eventHeaders: Json = {
  type: 'object',
  description: 'CloudEvents 1.0 in binary mode: the attributes are headers, the value is the data.',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'content-type'],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: { ...text, description: 'Unique per event; an event that comes again has the same.' },
    ce_type: { ...text, description: 'What happened, with the version of its schema.' },
    ce_source: { ...text, description: 'The service that says so.' },
    ce_time: { type: 'string', format: 'date-time', description: 'When it happened.' },
    ce_subject: { ...text, description: 'What it is about, where the key alone does not say.' },
    traceparent: { ...text, description: 'The W3C trace context of the cause.' },
    'content-type': { type: 'string', const: 'application/json' },
    'replay-for': {
      ...text,
      description: 'Set on a dead letter that was sent again: the only consumer group it is meant for.',
    },
  },
};

/** What a dead letter's headers say besides the original ones; header values are text. */
export const deadLetterHeaders: Json = {
  type: 'object',
  description: 'The headers the message had, and where, why and how often it failed.',
  required: [
    'dlq-topic',
    'dlq-partition',
    'dlq-offset',
    'dlq-group',
    'dlq-error',
    'dlq-error-name',
    'dlq-attempts',
    'dlq-failed-at',
  ],
  properties: {
    'dlq-topic': { ...text, description: 'Where it was read.' },
    'dlq-partition': { type: 'string', pattern: '^\\d+$' },
    'dlq-offset': { type: 'string', pattern: '^\\d+$' },
    'dlq-group': { ...text, description: 'The consumer group that could not handle it.' },
    'dlq-error': { type: 'string', maxLength: 1000 },
    'dlq-error-name': text,
    'dlq-attempts': { type: 'string', pattern: '^\\d+$' },
    'dlq-failed-at': { type: 'string', format: 'date-time' },
  },
};
