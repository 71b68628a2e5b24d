import { describe, expect, test } from '@jest/globals';
import { eventOf, messageOf } from './event-message.ts';
import type { OutboxRow } from './outbox/outbox-rows.ts';

const row: OutboxRow = {
  id: 1,
  eventId: 'e-1',
  topic: 'things-happened',
  messageKey: '열쇠',
  type: 'thing-happened',
  source: 'tests',
  subject: 'a subject',
  data: '{"n":1}',
  traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  createdAt: new Date('2026-03-01T10:00:00.123Z'),
};

function wire(more: Partial<OutboxRow> = {}, without?: string) {
  const { key, value, headers } = messageOf({ ...row, ...more });
  const kept = Object.entries(headers ?? {}).filter(([name]) => name !== without);
  return {
    key: key === null || key === undefined ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers: Object.fromEntries(kept.map(([name, text]) => [name, Buffer.from(String(text))])),
  };
}

describe('a message', () => {
  test('is a CloudEvent in binary mode', () => {
    expect(messageOf(row)).toEqual({
      key: '열쇠',
      value: '{"n":1}',
      headers: {
        ce_specversion: '1.0',
        ce_id: 'e-1',
        ce_type: 'thing-happened',
        ce_source: 'tests',
        ce_time: '2026-03-01T10:00:00.123Z',
        ce_subject: 'a subject',
        'content-type': 'application/json',
        traceparent: row.traceParent,
      },
    });
  });

  test('gives back the event', () => {
    expect(eventOf('things-happened', wire())).toEqual({
      id: 'e-1',
      type: 'thing-happened',
      source: 'tests',
      topic: 'things-happened',
      key: '열쇠',
      subject: 'a subject',
      time: row.createdAt,
      data: { n: 1 },
    });
    expect(eventOf('t', wire({ subject: null, traceParent: null }))).not.toHaveProperty('subject');
  });

  test.each(['ce_id', 'ce_type', 'ce_source', 'ce_time'])('without %s is no event', (name) => {
    expect(() => eventOf('t', wire({}, name))).toThrow(name);
  });

  test('without a key, or with data that is not JSON, is no event', () => {
    expect(() => eventOf('t', { ...wire(), key: null })).toThrow('key');
    expect(() => eventOf('t', { ...wire(), value: null })).toThrow();
    expect(() => eventOf('t', { ...wire(), value: Buffer.from('{') })).toThrow();
  });
});
