import { describe, expect, test } from '@jest/globals';
import { readHuntOptions } from './read-options.ts';

const numbers = ['01', '02', '10'];
const read = (...args: string[]) => readHuntOptions(['--seeded-bugs', ...args], numbers);

describe('the options of the hunt for seeded bugs', () => {
  test('are all of them, a few runs each, unless told', () => {
    const { seed, ...rest } = read();
    expect(Number.isInteger(seed)).toBe(true);
    expect(rest).toEqual({ runs: 4, seconds: 40, rate: 60, keep: false });
  });

  test.each([
    [['--only', '1,10'], { only: ['01', '10'] }],
    [['--clean', '10', '--seed', '7'], { clean: 10, seed: 7 }],
    [['--runs', '2', '--seconds', '30', '--rate', '90', '--keep'], { runs: 2, seconds: 30, rate: 90, keep: true }],
  ])('%j', (args, expected) => {
    expect(read(...args)).toMatchObject(expected);
  });

  test.each([
    [['--only', '03'], 'there is no seeded bug 03; there are 01, 02, 10'],
    [['--clean', '2', '--only', '01'], '--clean is without bugs'],
    [['--runs', 'none'], 'runs'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is refused with the usage', (args, problem) => {
    expect(() => read(...args)).toThrow(problem);
    expect(() => read(...args)).toThrow('usage: npm run test:faults -- --seeded-bugs');
  });
});
