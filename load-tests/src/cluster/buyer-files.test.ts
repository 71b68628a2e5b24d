import { describe, expect, test } from '@jest/globals';
import { buyerFiles } from './buyer-files.ts';

const buyers = new Map(
  Array.from({ length: 50 }, (_, index) => [index + 1, { userId: `user-${index + 1}`, token: 'x'.repeat(90) }]),
);

describe('the files of the buyers', () => {
  test('hold everybody once, none above the limit', () => {
    const files = buyerFiles(buyers, 1_000);
    const all = Object.values(files).flatMap((text): unknown[] => JSON.parse(text));
    expect(all).toEqual([...buyers]);
    expect(Object.keys(files).length).toBeGreaterThan(5);
    expect(Object.keys(files)[0]).toBe('buyers-0.json');
    for (const text of Object.values(files)) expect(text.length).toBeLessThanOrEqual(1_000);
  });

  test('are one where one is enough', () => {
    expect(Object.keys(buyerFiles(buyers))).toEqual(['buyers-0.json']);
  });
});
