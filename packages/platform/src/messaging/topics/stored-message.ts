import type { IHeaders, KafkaMessage } from 'kafkajs';

/** A message as a topic holds it. */
export interface StoredMessage {
  /** Without the platform's prefix. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: Date;
}

export function storedMessage(topic: string, partition: number, message: KafkaMessage): StoredMessage {
  return {
    topic,
    partition,
    offset: message.offset,
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? null,
    headers: textOf(message.headers ?? {}),
    timestamp: new Date(Number(message.timestamp)),
  };
}

/** Of a header that is there several times, the first. */
function textOf(headers: IHeaders): Record<string, string> {
  const texts = Object.entries(headers).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first.toString()] as const];
  });
  return Object.fromEntries(texts);
}
