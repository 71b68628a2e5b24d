import { expect, test } from '@jest/globals';
import { createFaults, type FaultSettings } from './faults.ts';

const failing: FaultSettings = { mode: 'fail', delayMs: 0, status: 503, share: 1, after: 'before' };

test.each([
  [0, 0.0, false],
  [0.3, 0.29, true],
  [0.3, 0.3, false],
  [1, 0.999, true],
])('a share of %d hits what falls on %d: %s', (share, fallen, hit) => {
  const faults = createFaults(() => fallen);
  faults.set({ ...failing, share });
  expect(faults.hitting('o-1') !== undefined).toBe(hit);
});

test('nothing is hit before a fault was asked for', () => {
  expect(createFaults(() => 0).hitting('o-1')).toBeUndefined();
});

test('one order alone is hit where it is named', () => {
  const faults = createFaults(() => 0);
  faults.set({ ...failing, only: 'o-1' });
  expect([faults.hitting('o-1')?.mode, faults.hitting('o-2')]).toEqual(['fail', undefined]);
});
