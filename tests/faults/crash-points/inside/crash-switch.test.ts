import { describe, expect, test } from '@jest/globals';
import { type Armed, createCrashSwitch } from './crash-switch.ts';

const point = { name: 'orders.place: before COMMIT', step: 'before COMMIT', subject: 'orders.place' };
const order = (after = 1): Armed => ({ orderId: 'an order', point, action: 'kill', after });

function switchThatTells() {
  const acted: string[] = [];
  return { acted, it: createCrashSwitch(({ point: { name } }, detail) => acted.push(`${name} ${detail}`)) };
}

describe('the switch of a process', () => {
  test('acts at the passing that was asked for, once', () => {
    const { acted, it } = switchThatTells();
    it.arm(order(3));
    for (const passing of ['1st', '2nd', '3rd', '4th']) it.pass('before COMMIT', 'orders.place', () => passing);
    expect(acted).toEqual(['orders.place: before COMMIT 3rd']);
  });

  test('lets other steps and other flows pass', () => {
    const { acted, it } = switchThatTells();
    it.arm(order());
    it.pass('COMMIT sent', 'orders.place');
    it.pass('before COMMIT', 'points.charge');
    it.pass('before COMMIT', undefined);
    expect(acted).toEqual([]);
  });

  test('does nothing unarmed, and counts from the last arming', () => {
    const { acted, it } = switchThatTells();
    it.pass('before COMMIT', 'orders.place');
    it.arm(order(2));
    it.pass('before COMMIT', 'orders.place');
    it.arm(order(2));
    it.pass('before COMMIT', 'orders.place');
    expect(acted).toEqual([]);
    it.disarm();
    it.pass('before COMMIT', 'orders.place');
    expect(acted).toEqual([]);
  });
});
