import { z } from 'zod';
import { type AnyEventKind, eventKinds } from '../events/event-kinds.ts';
import { id } from '../fields.ts';
import type { Json } from './json.ts';
import { deadLetterHeaders, eventHeaders } from './message-headers.ts';

/** An AsyncAPI 3.0 document, as far as one is written here. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: Json;
  readonly defaultContentType: string;
  readonly channels: Readonly<Record<string, Json>>;
  readonly operations: Readonly<Record<string, Json>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Json>>;
    readonly schemas: Readonly<Record<string, Json>>;
  };
}

const DEAD_LETTER = 'dead-letter';
const KAFKA_BINDING = '0.5.0';

/** The AsyncAPI 3.0 document of all events: the schemas are the very ones that consumers check with. */
export function asyncApi(): AsyncApiDocument {
  const topics = [...Map.groupBy(eventKinds, ({ topic }) => topic)];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Onsale events',
      version: '1.0.0',
      description:
        'What the platform tells in Kafka. Brokers and the prefix of the topics are an installation’s own. Events of one ' +
        'key keep their order; each comes at least once. Fields may be added to a type; anything else is a new version.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      topics.flatMap(([topic, kinds]) => [
        [topic, channel(topic, kinds)],
        [`${topic}.dlq`, deadLetters(topic)],
      ]),
    ),
    operations: Object.fromEntries(
      topics.flatMap(([topic, kinds]) => [
        [`send-${topic}`, send(topic, kinds)],
        [`send-${topic}.dlq`, sendDeadLetters(topic)],
      ]),
    ),
    components: {
      messages: {
        ...Object.fromEntries(eventKinds.map((kind) => [kind.type, message(kind)])),
        [DEAD_LETTER]: deadLetter,
      },
      schemas: { 'event-headers': eventHeaders, 'dead-letter-headers': deadLetterHeaders },
    },
  };
}

const to = (...path: readonly string[]) => ({ $ref: `#/${path.join('/')}` });

const channel = (topic: string, kinds: readonly AnyEventKind[]): Json => ({
  address: topic,
  messages: Object.fromEntries(kinds.map(({ type }) => [type, to('components', 'messages', type)])),
});

const send = (topic: string, kinds: readonly AnyEventKind[]): Json => ({
  action: 'send',
  channel: to('channels', topic),
  messages: kinds.map(({ type }) => to('channels', topic, 'messages', type)),
});

function message({ type, schema }: AnyEventKind): Json {
  const { description, ...payload } = schemaOf(schema);
  return {
    name: type,
    title: type,
    ...(description !== undefined && { summary: description }),
    headers: {
      type: 'object',
      allOf: [to('components', 'schemas', 'event-headers'), { properties: { ce_type: { const: type } } }],
    },
    payload,
    bindings: kafka({ ...schemaOf(id), description: 'The id of what it happened to.' }),
  };
}

const deadLetters = (topic: string): Json => ({
  address: `${topic}.dlq`,
  description: `Messages of ${topic} that a consumer group could not handle, for people to look at and send again.`,
  messages: { [DEAD_LETTER]: to('components', 'messages', DEAD_LETTER) },
});

const sendDeadLetters = (topic: string): Json => ({
  action: 'send',
  channel: to('channels', `${topic}.dlq`),
  messages: [to('channels', `${topic}.dlq`, 'messages', DEAD_LETTER)],
});

const deadLetter: Json = {
  name: DEAD_LETTER,
  title: 'A message that could not be handled',
  summary: 'Key and value are the original ones, byte for byte; they may be no event at all.',
  contentType: 'application/octet-stream',
  headers: to('components', 'schemas', 'dead-letter-headers'),
};

const kafka = (key: Json): Json => ({ kafka: { key, bindingVersion: KAFKA_BINDING } });

// As readers see it: AsyncAPI's dialect is draft 7, and a field that a later writer adds is no fault.
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return json;
}
