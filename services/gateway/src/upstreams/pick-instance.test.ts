import { afterAll, describe, expect, test } from '@jest/globals';
import { createInstance, type Instance } from './instance.ts';
import { pickInstance } from './pick-instance.ts';

const limits = { connections: 1, connectTimeoutMs: 100, stallTimeoutMs: 100 };
const instances = [1, 2, 3].map((port) => createInstance({ url: `http://127.0.0.1:${port}`, health: '' }, limits));
const none: ReadonlySet<Instance> = new Set();

afterAll(() => Promise.all(instances.map((instance) => instance.pool.destroy())));

const drawing =
  (...draws: number[]) =>
  () =>
    draws.shift() ?? 0;

describe('an instance is picked', () => {
  test('the less busy of two', () => {
    const [a, b, c] = instances;
    if (!a || !b || !c) throw new Error('three instances are needed');
    Object.assign(a, { inFlight: 5 });
    Object.assign(b, { inFlight: 2 });
    expect(pickInstance(instances, none, drawing(0, 0))).toBe(b);
    expect(pickInstance(instances, none, drawing(0, 0.9))).toBe(c);
  });

  test('never one that is down or was tried', () => {
    const [a, b, c] = instances;
    if (!a || !b || !c) throw new Error('three instances are needed');
    Object.assign(b, { up: false });
    for (const draw of [0, 0.3, 0.6, 0.99]) {
      expect(pickInstance(instances, new Set([c]), drawing(draw, draw))).toBe(a);
    }
    expect(pickInstance(instances, new Set([a, c]), drawing(0))).toBeUndefined();
  });
});
