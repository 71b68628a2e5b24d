import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balanceChanged } from './balance-changed.ts';
import type { EventKind } from './event.ts';
import { eventKinds } from './event-kinds.ts';
import { orderCancelled } from './order-cancelled.ts';
import { orderCompleted } from './order-completed.ts';
import { paymentSucceeded } from './payment-succeeded.ts';
import { productChanged } from './product-changed.ts';
import {
  balanceChangedData,
  orderCancelledData,
  orderCompletedData,
  paymentSucceededData,
  productChangedData,
} from './testing/arbitrary-data.ts';
import { recordedOf, recordedTypes } from './testing/recorded-events.ts';

const described = new Set<string>();

/** What holds for every kind of event. */
function keepsItsWord<Data extends object>(kind: EventKind<Data>, anyData: fc.Arbitrary<Data>): void {
  const { type } = kind;
  described.add(type);
  const eventOf = (data: Data) => kind.create({ id: 'e', source: 'test', time: new Date(0), data });

  describe(type, () => {
    test('comes out of JSON as it went in, whatever its data', () => {
      fc.assert(
        fc.property(anyData, (data) => {
          const sent = eventOf(data);
          expect(kind.parse({ type: sent.type, data: JSON.parse(JSON.stringify(sent.data)) })).toEqual(data);
        }),
      );
    });

    test.each(recordedOf(type).map((recorded, at) => [at, recorded] as const))(
      'is still read as it was recorded: %i',
      (_at, recorded) => {
        expect(recorded.type).toBe(type);
        const data = kind.parse(recorded);
        expect(data).toMatchObject(recorded.data);
        expect(eventOf(data).key).toBe(recorded.key);
      },
    );

    test('is read with a field more, and not with a field less', () => {
      fc.assert(
        fc.property(anyData, fc.nat(), (data, which) => {
          expect(kind.parse({ type, data: { ...data, addedLater: true } })).toEqual(data);
          const fields = Object.keys(data);
          const missing = fields[which % fields.length] ?? '';
          const rest = Object.fromEntries(Object.entries(data).filter(([field]) => field !== missing));
          expect(() => kind.parse({ type, data: rest })).toThrow(`the data of ${type} does not fit: ${missing}: `);
        }),
      );
    });

    test('is nothing of another type or version, whatever its data', () => {
      fc.assert(
        fc.property(anyData, fc.constantFrom('', `${type}1`, type.replace(/\d+$/, '0')), (data, other) => {
          expect(() => kind.parse({ type: other, data })).toThrow(`of type ${other}, not ${type}`);
        }),
      );
    });
  });
}

keepsItsWord(balanceChanged, balanceChangedData);
keepsItsWord(orderCancelled, orderCancelledData);
keepsItsWord(orderCompleted, orderCompletedData);
keepsItsWord(paymentSucceeded, paymentSucceededData);
keepsItsWord(productChanged, productChangedData);

describe('every kind of event', () => {
  test('is tested and recorded here', () => {
    const types = eventKinds.map(({ type }) => type).sort();
    expect([...described].sort()).toEqual(types);
    expect(recordedTypes().sort()).toEqual(types);
  });

  test.each([
    ['no object', null, 'all of it: '],
    ['a wrong item', { items: [{ productId: 'p', quantity: 0, unitPrice: 1 }] }, 'items.0.quantity: '],
    ['a time without a zone', { completedAt: '2026-11-21T09:00:00' }, 'completedAt: '],
    ['a fraction of a won', { total: 0.5 }, 'total: '],
  ])('names what does not fit: %s', (_case, wrong, named) => {
    const [recorded] = recordedOf(orderCompleted.type);
    const data = wrong === null ? null : { ...recorded?.data, ...wrong };
    expect(() => orderCompleted.parse({ type: orderCompleted.type, data })).toThrow(named);
  });
});
