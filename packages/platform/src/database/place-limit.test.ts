import { describe, expect, test } from '@jest/globals';
import { createPlaceLimit } from './place-limit.ts';

const limitOf = (places: number, waiting: number, waitMs = 1000) =>
  createPlaceLimit({ places, waiting, waitMs, refusal: () => new Error('full') });

describe('a place limit', () => {
  test('lets so many in at once, and the next in line when one leaves', async () => {
    const limit = limitOf(2, 10);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    const visit = (n: number) =>
      limit.run(async () => {
        inside += 1;
        most = Math.max(most, inside);
        order.push(n);
        await new Promise(setImmediate);
        inside -= 1;
      });
    await Promise.all([1, 2, 3, 4, 5].map(visit));
    expect(most).toBe(2);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  test('refuses those for whom there is no room to wait, and those who waited too long', async () => {
    const limit = limitOf(1, 1, 20);
    const leave = Promise.withResolvers<void>();
    const inside = limit.run(() => leave.promise);
    const waiting = limit.run(async () => 'in');
    await expect(limit.run(async () => 'in')).rejects.toThrow('full');
    await expect(waiting).rejects.toThrow('full');
    leave.resolve();
    await inside;
    expect(await limit.run(async () => 'in')).toBe('in');
  });

  test('gives a place back when the work throws', async () => {
    const limit = limitOf(1, 0);
    await expect(limit.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limit.run(async () => 'in')).toBe('in');
  });
});
