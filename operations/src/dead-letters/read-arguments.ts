import { CommandError } from '../command-line/command-error.ts';
import { readArgs } from '../command-line/read-args.ts';

export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export type Arguments =
  | { readonly command: 'help' }
  | { readonly command: 'list'; readonly topic?: string }
  | { readonly command: 'show'; readonly place: Place }
  | {
      readonly command: 'replay';
      readonly topic: string;
      readonly which: { readonly place: Place } | { readonly eventId: string } | 'all';
      /** Those that were replayed before as well. */
      readonly again: boolean;
    };

export const usage =
  'usage: npm run dead-letters -- list [--topic TOPIC] | show TOPIC PARTITION OFFSET | ' +
  'replay TOPIC (PARTITION OFFSET | --event ID | --all) [--again]';

const refuse = (problem: string): never => {
  throw new CommandError(`${problem}; ${usage}`);
};

function placeOf(topic: string, partition: string | undefined, offset: string | undefined): Place {
  if (!/^\d{1,9}$/.test(partition ?? '') || !/^\d{1,19}$/.test(offset ?? '')) {
    return refuse('PARTITION and OFFSET must be whole numbers');
  }
  return { topic, partition: Number(partition), offset: String(BigInt(offset ?? '')) };
}

/** @throws CommandError with the usage when they cannot be understood */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readArgs(
    args,
    {
      topic: { type: 'string' },
      event: { type: 'string' },
      all: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    usage,
  );
  if (values.help) return { command: 'help' };
  const [command, topic, partition, offset, ...more] = positionals;
  const onlyFor = (name: 'topic' | 'event' | 'all' | 'again', of: string) => {
    if (values[name] !== undefined && values[name] !== false && command !== of) refuse(`--${name} is for ${of}`);
  };
  onlyFor('topic', 'list');
  onlyFor('event', 'replay');
  onlyFor('all', 'replay');
  onlyFor('again', 'replay');
  if (more.length > 0) refuse(`unexpected ${more[0]}`);
  switch (command) {
    case 'list':
      if (topic !== undefined) refuse(`unexpected ${topic}`);
      return { command, ...(values.topic === undefined ? {} : { topic: values.topic }) };
    case 'show':
      return { command, place: placeOf(topic ?? refuse('TOPIC is missing'), partition, offset) };
    case 'replay': {
      const from = topic ?? refuse('TOPIC is missing');
      const ways = [partition !== undefined, values.event !== undefined, values.all].filter(Boolean).length;
      if (ways !== 1) refuse('one of PARTITION OFFSET, --event and --all says what to replay');
      const which = values.all
        ? 'all'
        : values.event === undefined
          ? { place: placeOf(from, partition, offset) }
          : { eventId: values.event };
      return { command, topic: from, which, again: values.again };
    }
    default:
      return refuse(command === undefined ? 'what is to be done?' : `there is no ${command}`);
  }
}
