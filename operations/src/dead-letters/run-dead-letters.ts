import {
  type DeadLetter,
  deadLetterTopics,
  fetchDeadLetters,
  type KafkaConnection,
  listDeadLetters,
  replayDeadLetters,
} from '@onsale/platform/messaging';
import { CommandError } from '../command-line/command-error.ts';
import { counted } from '../command-line/counted.ts';
import { type ExitCode, exitCodes } from '../command-line/exit-codes.ts';
import { letterLine, messageText, summaryLine } from './print-letters.ts';
import type { Arguments, Place } from './read-arguments.ts';

type Print = (line: string) => void;
type Asked<C> = Extract<Arguments, { readonly command: C }>;

/** Brokers that are there answer at once; reading a topic may take a while. */
const findWithin = { timeoutMs: 8_000 };
const readWithin = { timeoutMs: 120_000 };

/** Does what the arguments ask for. @throws CommandError, DomainError */
export async function runDeadLetters(
  kafka: KafkaConnection,
  asked: Exclude<Arguments, { readonly command: 'help' }>,
  print: Print,
): Promise<ExitCode> {
  const topics = await deadLetterTopics(kafka, findWithin);
  const known = (topic: string): string => {
    if (topics.includes(topic)) return topic;
    throw new CommandError(`${topic} has no dead letters; those that may: ${topics.join(', ') || 'none'}`);
  };
  switch (asked.command) {
    case 'list':
      return list(kafka, asked.topic === undefined ? topics : [known(asked.topic)], print);
    case 'show':
      return show(kafka, { ...asked.place, topic: known(asked.place.topic) }, print);
    case 'replay':
      return replay(kafka, { ...asked, topic: known(asked.topic) }, print);
  }
}

async function list(kafka: KafkaConnection, topics: readonly string[], print: Print): Promise<ExitCode> {
  const found = await listDeadLetters(kafka, topics, readWithin);
  for (const letter of found.letters) print(letterLine(letter));
  print(summaryLine(found));
  return exitCodes.done;
}

const isAt = (place: Place) => (letter: DeadLetter) =>
  letter.partition === place.partition && letter.offset === place.offset;

async function show(kafka: KafkaConnection, place: Place, print: Print): Promise<ExitCode> {
  const { letters } = await listDeadLetters(kafka, [place.topic], readWithin);
  const [message] = await fetchDeadLetters(kafka, place.topic, letters.filter(isAt(place)), readWithin);
  if (message === undefined) return noneThere(print);
  print(messageText(message));
  return exitCodes.done;
}

async function replay(kafka: KafkaConnection, asked: Asked<'replay'>, print: Print): Promise<ExitCode> {
  const { topic, which, again } = asked;
  const { letters } = await listDeadLetters(kafka, [topic], readWithin);
  const fresh = (letter: DeadLetter) => again || letter.replayedAt === undefined;
  const chosen = letters.filter((letter) => {
    if (which === 'all') return fresh(letter);
    // A place is one letter that somebody looked at: it is replayed as often as asked.
    return 'place' in which ? isAt(which.place)(letter) : letter.eventId === which.eventId && fresh(letter);
  });
  if (chosen.length === 0) return noneThere(print);
  const { replayed, gone } = await replayDeadLetters(kafka, topic, chosen, {
    ...readWithin,
    onReplayed: (sent) => {
      for (const letter of sent) {
        const event = letter.eventId === undefined ? '' : `, event ${letter.eventId}`;
        print(`${topic} ${letter.partition}:${letter.offset} sent to ${letter.group}${event}`);
      }
    },
  });
  print(`${counted(replayed.length, 'dead letter')} replayed${gone > 0 ? `, ${gone} gone meanwhile` : ''}`);
  return replayed.length === 0 ? exitCodes.nothingMatched : exitCodes.done;
}

function noneThere(print: Print): ExitCode {
  print('no such dead letter');
  return exitCodes.nothingMatched;
}
