import type { z } from 'zod';

/**
 * A fact on its way to Kafka, as CloudEvents 1.0 names its parts.
 * `key` is the aggregate's id: events of one key keep their order.
 */
export interface DomainEvent<Data extends object = object> {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly topic: string;
  readonly key: string;
  readonly time: Date;
  readonly data: Data;
}

/** What makes one fact of its kind: who says it, when, and what. */
export interface Fact<Data extends object> {
  readonly id: string;
  readonly source: string;
  readonly time: Date;
  readonly data: Data;
}

/** A kind of event: its topic, its type with the version, its schema and how it is keyed. */
export interface EventKind<Data extends object> {
  readonly topic: string;
  readonly type: string;
  readonly schema: z.ZodType<Data>;
  readonly create: (fact: Fact<Data>) => DomainEvent<Data>;
  /**
   * The data of a received event of this kind; fields the schema does not know are left out.
   * @throws Error that names the type when it is another or of another version, or the fields that do not fit
   */
  readonly parse: (received: { readonly type: string; readonly data: unknown }) => Data;
}

/** Declares an event kind. The type carries the version, so that a consumer can tell old facts from new ones. */
export function eventKind<Data extends object>(
  topic: string,
  version: number,
  schema: z.ZodType<Data>,
  keyOf: (data: Data) => string,
): EventKind<Data> {
  const type = `onsale.${topic}.v${version}`;
  return {
    topic,
    type,
    schema,
    create: (fact) => ({ ...fact, type, topic, key: keyOf(fact.data) }),
    parse: (received) => {
      if (received.type !== type) throw new Error(`the event is of type ${received.type}, not ${type}`);
      const { success, data, error } = schema.safeParse(received.data);
      if (!success) throw new Error(`the data of ${type} does not fit: ${wrongFields(error)}`, { cause: error });
      return data;
    },
  };
}

// One line: it travels in a dead letter's header.
const wrongFields = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.') || 'all of it'}: ${message}`).join('; ');
