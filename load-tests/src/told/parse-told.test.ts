import { describe, expect, test } from '@jest/globals';
import { parseTold } from './parse-told.ts';

describe('a line of the log', () => {
  test('of the script is understood', () => {
    expect(parseTold('{"told":"stock","left":3}')).toEqual({ told: 'stock', left: 3 });
  });

  test.each([['Request Failed'], [''], ['{"level":"info"}']])('of k6 itself is passed over: %j', (line) => {
    expect(parseTold(line)).toBeUndefined();
  });

  test.each([['{"told":"stock"}'], ['{"told":"sto'], ['{"told":"weather"}']])(
    'that is neither is an error: %j',
    (line) => {
      expect(() => parseTold(line)).toThrow('cannot be read');
    },
  );
});
