import { describe, expect, test } from '@jest/globals';
import type { DeadLetter } from '@onsale/platform/messaging';
import { letterLine, messageText, summaryLine } from './print-letters.ts';

const letter: DeadLetter = {
  topic: 'order-completed',
  partition: 2,
  offset: '17',
  group: 'bestseller',
  failedAt: new Date('2026-01-31T09:00:00Z'),
  attempts: 5,
  errorName: 'TypeError',
  error: 'no such thing',
  eventId: 'e-1',
  replayedAt: undefined,
};

describe('a dead letter', () => {
  test('is one line', () => {
    expect(letterLine(letter)).toBe(
      'order-completed  2:17  2026-01-31T09:00:00.000Z  bestseller  5 attempts  TypeError: no such thing',
    );
    expect(letterLine({ ...letter, attempts: 1, replayedAt: new Date('2026-02-01T00:00:00Z') })).toContain(
      '  1 attempt  replayed 2026-02-01T00:00:00.000Z  TypeError',
    );
  });

  test('stays one short line whatever its error says, and cannot speak to the terminal', () => {
    const line = letterLine({ ...letter, error: `two\nlines \u001B[2J ${'x'.repeat(1000)}` });
    for (const character of ['\n', '\u001B']) expect(line).not.toContain(character);
    expect(line).toContain('two lines \\u001b[2J xxx');
    expect(line.length).toBeLessThan(250);
  });

  test('is shown with its headers and its body laid out', () => {
    const message = { topic: 't.dlq', partition: 0, offset: '0', timestamp: new Date(), key: 'k' };
    expect(messageText({ ...message, headers: { ce_id: 'e-1' }, value: '{"a":1}' })).toBe(
      'key: k\nce_id: e-1\n\n{\n  "a": 1\n}',
    );
    expect(messageText({ ...message, headers: {}, value: 'no\u001B JSON' })).toBe('key: k\n\nno\\u001b JSON');
    expect(messageText({ ...message, headers: {}, value: null })).toContain('(no body)');
  });
});

test('the summary counts all, and tells what is not in the list', () => {
  const replayed = { ...letter, replayedAt: new Date() };
  expect(summaryLine({ letters: [], unlisted: 0, strange: 0 })).toBe('no dead letters');
  expect(summaryLine({ letters: [letter, replayed], unlisted: 3, strange: 1 })).toBe(
    '2 dead letters, 1 replayed, 3 more not listed, 1 message there that cannot be read as dead letters',
  );
});
