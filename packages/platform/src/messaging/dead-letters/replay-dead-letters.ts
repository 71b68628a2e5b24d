import { createSender } from '../kafka/create-sender.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';
import type { StoredMessage } from '../topics/stored-message.ts';
import { askBrokers } from './ask-brokers.ts';
import { type DeadLetter, placeOf } from './dead-letter.ts';
import type { DeadLetterReading } from './dead-letter-reading.ts';
import { fetchDeadLetters } from './fetch-dead-letters.ts';
import { markOf, replayOf } from './replay-messages.ts';

export interface Replayed {
  readonly replayed: readonly DeadLetter[];
  /** Those that the topic has let go since they were listed. */
  readonly gone: number;
}

/** Whole messages of so many letters are in memory at once. */
const mostFetched = 5_000;

/** Half of what a broker takes in one request at its defaults, so that the marks fit too. */
const mostCharacters = 500_000;
const mostInBatch = 200;

/**
 * Sends dead letters of one topic to the groups that could not handle them, in the letters' order, and marks them as
 * replayed. When it fails between the two some are sent and not marked: sent again, their group knows the repeat.
 * @throws DomainError 'kafka-unavailable'
 */
export async function replayDeadLetters(
  kafka: KafkaConnection,
  topic: string,
  letters: readonly DeadLetter[],
  options: DeadLetterReading & { readonly onReplayed?: (letters: readonly DeadLetter[]) => void },
): Promise<Replayed> {
  const sender = createSender(kafka);
  const replayed: DeadLetter[] = [];
  try {
    for (let from = 0; from < letters.length; from += mostFetched) {
      const chunk = letters.slice(from, from + mostFetched);
      const byPlace = new Map(chunk.map((letter) => [placeOf(letter), letter]));
      const messages = await fetchDeadLetters(kafka, topic, chunk, options);
      const found = messages.flatMap((message) => {
        const letter = byPlace.get(placeOf(message));
        return letter ? [{ letter, message }] : [];
      });
      for (const batch of batchesOf(found)) {
        options.signal?.throwIfAborted();
        await askBrokers(options, async () => {
          await sender.send(batch.map(({ letter, message }) => replayOf(letter, message)));
          await sender.send(batch.map(({ message }) => markOf(message)));
        });
        const sent = batch.map(({ letter }) => letter);
        replayed.push(...sent);
        options.onReplayed?.(sent);
      }
    }
  } finally {
    await sender.close();
  }
  return { replayed, gone: letters.length - replayed.length };
}

interface Found {
  readonly letter: DeadLetter;
  readonly message: StoredMessage;
}

function batchesOf(found: readonly Found[]): Found[][] {
  const batches: Found[][] = [];
  let characters = 0;
  for (const each of found) {
    const size = each.message.value?.length ?? 0;
    const last = batches.at(-1);
    if (last === undefined || last.length >= mostInBatch || characters + size > mostCharacters) {
      batches.push([each]);
      characters = size;
    } else {
      last.push(each);
      characters += size;
    }
  }
  return batches;
}
