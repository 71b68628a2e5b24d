import { describe, expect, test } from '@jest/globals';
import { deadLetterMessage } from '../dead-letters/dead-letter-message.ts';
import { type Incoming, openIncoming } from './incoming.ts';

const headers = {
  ce_id: Buffer.from('e-1'),
  ce_type: Buffer.from('thing-happened'),
  ce_source: Buffer.from('tests'),
  ce_time: Buffer.from('2026-03-01T10:00:00.000Z'),
};

function incoming(more: Record<string, Buffer> = {}, value = '{"n":1}'): Incoming {
  const message = { key: Buffer.from('k'), value: Buffer.from(value), headers: { ...headers, ...more } };
  return {
    topic: 'things-happened',
    partition: 2,
    message: { ...message, offset: '41', timestamp: '0', attributes: 0 },
  };
}

const numberOf = ({ data }: { data: unknown }) => {
  const n: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'n') : undefined;
  if (typeof n !== 'number') throw new TypeError('n is not a number');
  return n;
};
const open = (given: Incoming) => openIncoming(given, { group: 'g', parse: numberOf });

describe('a message that comes in', () => {
  test('is an event with its data parsed', () => {
    expect(open(incoming())).toEqual({ kind: 'event', event: expect.objectContaining({ id: 'e-1', data: 1 }) });
  });

  test.each([
    ['is no JSON', incoming({}, '{')],
    ['is refused by the parser', incoming({}, '{"n":"1"}')],
    ['lacks what makes it an event', incoming({ ce_id: Buffer.from('') })],
  ])('is unreadable when it %s', (_, given) => {
    expect(open(given)).toEqual({ kind: 'unreadable', error: expect.any(Error) });
  });

  test('is passed over when it was sent again for another group, even when it cannot be read', () => {
    expect(open(incoming({ 'replay-for': Buffer.from('g') }))).toMatchObject({ kind: 'event' });
    expect(open(incoming({ 'replay-for': Buffer.from('other') }))).toEqual({ kind: 'not-ours' });
    expect(open(incoming({ 'replay-for': Buffer.from('other') }, '{'))).toEqual({ kind: 'not-ours' });
  });
});

describe('a dead letter', () => {
  const report = { group: 'g', error: new TypeError('x'.repeat(3000)), attempts: 5, failedAt: new Date(0) };

  test('is the message as it came, with where it was and why it failed', () => {
    const given = incoming({ own: Buffer.from('kept') });
    const { error } = report;
    expect(deadLetterMessage(given, { ...report, error: new TypeError('why') })).toEqual({
      topic: 'things-happened.dlq',
      key: given.message.key,
      value: given.message.value,
      headers: {
        ...given.message.headers,
        'dlq-topic': 'things-happened',
        'dlq-partition': '2',
        'dlq-offset': '41',
        'dlq-group': 'g',
        'dlq-error': 'why',
        'dlq-error-name': 'TypeError',
        'dlq-attempts': '5',
        'dlq-failed-at': '1970-01-01T00:00:00.000Z',
      },
    });
    expect(deadLetterMessage(given, { ...report, error }).headers?.['dlq-error']).toHaveLength(1000);
  });

  test('tells of what was thrown that is no error', () => {
    const { headers: written } = deadLetterMessage(incoming(), { ...report, error: 'a word' });
    expect(written).toMatchObject({ 'dlq-error': 'a word', 'dlq-error-name': 'string' });
  });
});
