import { describe, expect, test } from '@jest/globals';
import { tally } from './tally.ts';

const order = (id: string, productId: string, quantity = 1) => ({ id, items: [{ productId, quantity }] });
const placed = (key: string, response: object, replayed = false) =>
  ({ kind: 'order', key, outcome: 'ok', status: 201, replayed, response, latencyMs: 5 }) as const;

describe('the tally of a sale', () => {
  test('counts a replayed order of the scarce product once', () => {
    const counted = tally('scarce-1');
    counted.add(placed('a', order('o1', 'scarce-1')));
    counted.add(placed('a', order('o1', 'scarce-1'), true));
    counted.add(placed('b', order('o2', 'other')));
    expect(counted.result()).toMatchObject({ ok: 3, replayed: 1, scarceSold: 1, doubleEffects: [] });
  });

  test('names a key with two effects', () => {
    const counted = tally('scarce-1');
    counted.add(placed('a', order('o1', 'other')));
    counted.add(placed('a', order('o2', 'other')));
    expect(counted.result().doubleEffects).toEqual(['order a']);
  });

  test('tells faults from deliberate refusals', () => {
    const counted = tally('scarce-1');
    const refused = { kind: 'order', key: 'a', outcome: 'refused', latencyMs: 1 } as const;
    counted.add({ ...refused, status: 503, code: 'overloaded', retryAfterMs: 1_000 });
    counted.add({ ...refused, status: 409, code: 'sold-out' });
    counted.add({ ...refused, outcome: 'unknown', status: 500, code: 'internal' });
    counted.add({ ...refused, outcome: 'unknown' });
    const { faults, attempts } = counted.result();
    expect(faults).toBe(1);
    expect(attempts.get('order no answer')).toBe(1);
    expect(attempts.get('order 409 sold-out')).toBe(1);
  });

  test('has latencies by what was asked and what came of it', () => {
    const counted = tally('scarce-1');
    for (let ms = 1; ms <= 100; ms++) counted.add({ ...placed(`k${ms}`, order(`o${ms}`, 'other')), latencyMs: ms });
    const [[name, spread] = []] = counted.result().latencies;
    expect(name).toBe('order ok');
    expect(spread?.count).toBe(100);
    expect(spread?.p90).toBeCloseTo(90, 0);
    expect(spread?.max).toBeCloseTo(100, 0);
  });
});
