import { describe, expect, test } from '@jest/globals';
import { createReadProgress } from './read-progress.ts';

const progressOf = (...ranges: [low: bigint, high: bigint][]) =>
  createReadProgress(new Map([['t', ranges.map(([low, high], partition) => ({ partition, low, high }))]]));

describe('the progress of a reading', () => {
  test('takes each message once, from the beginning to the end there was', () => {
    const progress = progressOf([2n, 5n]);
    expect(['1', '2', '3', '2', '3', '4', '5'].map((offset) => progress.takes('t', 0, offset))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(progress.missing()).toEqual([]);
  });

  test('misses nothing of partitions that are empty, or were emptied', () => {
    expect(progressOf([0n, 0n], [7n, 7n]).missing()).toEqual([]);
  });

  test('names what is missing', () => {
    const progress = progressOf([0n, 2n], [0n, 0n], [0n, 1n]);
    progress.takes('t', 0, '0');
    expect(progress.missing()).toEqual(['t/0', 't/2']);
  });

  test('does not wait for offsets without a message', () => {
    const progress = progressOf([0n, 4n], [0n, 4n], [0n, 4n]);
    progress.takes('t', 0, '2');
    progress.reached('t', 0, '3');
    progress.reached('t', 1, '9');
    progress.beginsAt('t', { partition: 2, low: 4n });
    expect(progress.missing()).toEqual([]);
    progress.reached('t', 0, '1');
    expect(progress.missing()).toEqual([]);
  });
});
