import { describe, expect, test } from '@jest/globals';
import type { StoredMessage } from '@onsale/platform/messaging';
import { brokenList } from '../checks/broken-list.ts';
import { keyOrder } from './key-order.ts';
import { placeOf, whereIs } from './place.ts';
import { contentsDigest, toldEvents } from './told-events.ts';

const since = new Date('2026-01-08T00:00:00Z');
const young = '2026-01-09T00:00:00.000Z';
const old = '2026-01-01T00:00:00.000Z';

const message = (more: Partial<StoredMessage> & { time?: string; id?: string }): StoredMessage => ({
  topic: 'order-completed',
  partition: 0,
  offset: '7',
  key: 'order-1',
  value: '{"a":1,"b":2}',
  headers: { ce_id: more.id ?? 'e1', ce_type: 'completed', ce_time: more.time ?? young },
  timestamp: new Date(young),
  ...more,
});

function fold(...messages: StoredMessage[]) {
  const broken = brokenList();
  const told = toldEvents(broken, since);
  for (const one of messages) told.add(one);
  return { told, broken };
}

describe('the messages of a topic', () => {
  test('are one digest an event, whatever the order of keys in the data', () => {
    const { told, broken } = fold(message({}));
    expect(told.byId.get('e1')?.digest).toBe(contentsDigest('order-completed', 'order-1', 'completed', { b: 2, a: 1 }));
    expect(broken.total).toBe(0);
  });

  test('may repeat an event; the first one is its place', () => {
    const { told, broken } = fold(message({}), message({ offset: '9', value: '{"b":2,"a":1}' }));
    expect(told).toMatchObject({ messages: 2, repeats: 1 });
    expect(told.byId.get('e1')?.place).toBe(placeOf(0, '7'));
    expect(broken.total).toBe(0);
  });

  test.each([
    ['another key', { key: 'order-2' }],
    ['other data', { value: '{"a":2,"b":2}' }],
    ['another topic', { topic: 'order-cancelled' }],
    ['no data', { value: 'null' }],
  ])('do not repeat it with %s', (_, changed) => {
    const { broken } = fold(message({}), message(changed));
    expect(broken.rows).toMatchObject([{ problem: expect.stringContaining('told again'), row: { eventId: 'e1' } }]);
  });

  test.each([
    ['without an id', { headers: { ce_type: 'completed', ce_time: young } }],
    ['without a time', { headers: { ce_id: 'e1', ce_type: 'completed' } }],
    ['without data', { value: null }],
    ['with data that is no JSON', { value: '{' }],
  ])('are no event %s', (_, changed) => {
    expect(fold(message(changed)).broken.rows).toMatchObject([{ problem: 'a message is no event' }]);
  });

  test.each([
    ['young', {}, true],
    ['of an old event, sent late', { time: old }, false],
    ['old', { timestamp: new Date(old) }, false],
  ])('%s', (_, changed, recent) => {
    expect(fold(message(changed)).told.byId.get('e1')?.recent).toBe(recent);
  });
});

describe('the order of a key', () => {
  const at = (offset: number, partition = 0, topic = 't') => ({ topic, place: placeOf(partition, String(offset)) });

  test('is that of the outbox, each key and topic for itself', () => {
    const overtook = keyOrder();
    const shown = [overtook('a', at(5)), overtook('b', at(3)), overtook('a', at(4, 0, 'u')), overtook('a', at(6))];
    expect(shown).toEqual([false, false, false, false]);
  });

  test('is broken by each event that came before an earlier one', () => {
    const overtook = keyOrder();
    expect([overtook('a', at(5)), overtook('a', at(3)), overtook('a', at(4)), overtook('a', at(6))]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('says nothing between partitions', () => {
    const overtook = keyOrder();
    expect([overtook('a', at(5, 1)), overtook('a', at(3)), overtook('a', at(3, 1))]).toEqual([false, false, false]);
  });

  test.each([
    [0, 0],
    [11, 2 ** 40],
    [2_000, 7],
  ])('partition %i and offset %i are told apart', (partition, offset) => {
    expect(whereIs(placeOf(partition, String(offset)))).toEqual({ partition, offset });
  });
});
