import type { DeadLetter, DeadLetterList, StoredMessage } from '@onsale/platform/messaging';
import { counted } from '../command-line/counted.ts';
import { oneLine, plainText } from '../command-line/plain-text.ts';

/** One line: topic, partition:offset, when it failed, group, attempts, error; and whether it was replayed. */
export function letterLine(letter: DeadLetter): string {
  return [
    oneLine(letter.topic),
    `${letter.partition}:${letter.offset}`,
    letter.failedAt.toISOString(),
    oneLine(letter.group),
    counted(letter.attempts, 'attempt'),
    ...(letter.replayedAt === undefined ? [] : [`replayed ${letter.replayedAt.toISOString()}`]),
    oneLine(`${letter.errorName}: ${letter.error}`, 120),
  ].join('  ');
}

/** How many there are, and what of the topics is not in the list. */
export function summaryLine({ letters, unlisted, strange }: DeadLetterList): string {
  const replayed = letters.filter(({ replayedAt }) => replayedAt !== undefined).length;
  return [
    letters.length === 0 ? 'no dead letters' : counted(letters.length, 'dead letter'),
    ...(replayed > 0 ? [`${replayed} replayed`] : []),
    ...(unlisted > 0 ? [`${unlisted} more not listed`] : []),
    ...(strange > 0 ? [`${counted(strange, 'message')} there that cannot be read as dead letters`] : []),
  ].join(', ');
}

/** Headers, an empty line, and the body; JSON is laid out for reading. */
export function messageText({ key, value, headers }: StoredMessage): string {
  const lines = Object.entries(headers).map(([name, text]) => `${oneLine(name)}: ${oneLine(text, 2000)}`);
  return [`key: ${oneLine(key ?? '(none)')}`, ...lines, '', plainText(body(value))].join('\n');
}

function body(value: string | null): string {
  if (value === null) return '(no body)';
  try {
    return JSON.stringify(JSON.parse(value), undefined, 2);
  } catch {
    return value;
  }
}
