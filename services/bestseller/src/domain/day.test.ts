import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayOf, daysUpTo, endOf, lastEnded, startOf, untilNextEnd } from './day.ts';

const instant = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul', dateStyle: 'short' });

describe('a day in Asia/Seoul', () => {
  test.each([
    ['2026-11-20T14:59:59.999Z', '2026-11-20'],
    ['2026-11-20T15:00:00.000Z', '2026-11-21'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028-02-29'],
  ])('%s is on %s', (at, day) => {
    expect(dayOf(new Date(at))).toBe(day);
  });

  test('is the one that the calendar of Seoul shows', () => {
    fc.assert(fc.property(instant, (at) => expect(dayOf(at)).toBe(calendar.format(at))));
  });

  test('holds each instant from its start to before its end', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const day = dayOf(at);
        expect(startOf(day).getTime()).toBeLessThanOrEqual(at.getTime());
        expect(endOf(day).getTime()).toBeGreaterThan(at.getTime());
        expect(dayOf(startOf(day))).toBe(day);
        expect(dayOf(new Date(startOf(day).getTime() - 1))).toBe(addDays(day, -1));
      }),
    );
  });

  test('goes back and forth by days', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -1000, max: 1000 }), (at, days) => {
        const day = dayOf(at);
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect(addDays(day, days + 1) > addDays(day, days)).toBe(true);
      }),
    );
  });

  test('comes with the days before it, oldest first', () => {
    expect(daysUpTo('2027-01-01', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
  });
});

describe('the last ended day', () => {
  test.each([
    ['2026-11-20T15:00:14.999Z', '2026-11-19', 1],
    ['2026-11-20T15:00:15.000Z', '2026-11-20', 86_400_000],
    ['2026-11-20T15:00:00.000Z', '2026-11-19', 15_000],
  ])('at %s, with a grace of 15 s, is %s, and the next comes in %i ms', (at, day, next) => {
    expect(lastEnded(new Date(at), 15_000)).toBe(day);
    expect(untilNextEnd(new Date(at), 15_000)).toBe(next);
  });

  test('is the next one as soon as the time until then is over', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 600_000 }), (at, graceMs) => {
        const next = at.getTime() + untilNextEnd(at, graceMs);
        expect(lastEnded(new Date(next), graceMs)).toBe(addDays(lastEnded(at, graceMs), 1));
        expect(lastEnded(new Date(next - 1), graceMs)).toBe(lastEnded(at, graceMs));
      }),
    );
  });
});
