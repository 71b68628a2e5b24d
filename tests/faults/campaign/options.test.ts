import { describe, expect, test } from '@jest/globals';
import { matching, readOptions } from './options.ts';

const faults = ['redis killed', 'redis emptied', 'order killed', 'order'];

describe('the options', () => {
  test('are a short campaign with a seed of its own unless told', () => {
    const { seed, ...rest } = readOptions([], faults);
    expect(seed).toMatch(/^\d+$/);
    expect(rest).toEqual({ runs: [0, 1, 2, 3, 4], seconds: 40, rate: 40, list: false, keep: false });
  });

  test.each([
    [['--seed', '7-3'], { seed: '7', runs: [3] }],
    [['--seed', '7', '--run', '3'], { seed: '7', runs: [3] }],
    [['--seed', '7', '--runs', '2'], { seed: '7', runs: [0, 1] }],
    [['--only', 'redis, order killed'], { only: ['redis', 'order killed'] }],
    [['--rate', '200', '--seconds', '90', '--keep'], { rate: 200, seconds: 90, keep: true }],
  ])('%j', (args, expected) => {
    expect(readOptions(args, faults)).toMatchObject(expected);
  });

  test.each([
    [['--runs', 'many'], 'runs'],
    [['--runs', '0'], 'runs'],
    [['--seed', 'seven'], 'a seed is a whole number'],
    [['--seed', '7-3', '--runs', '2'], '--runs is for all'],
    [['--only', 'coffee'], 'there is no fault "coffee"'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is refused with the usage', (args, problem) => {
    expect(() => readOptions(args, faults)).toThrow(problem);
    expect(() => readOptions(args, faults)).toThrow('usage: npm run test:faults');
  });

  test('name faults in full, or by a part when no name is that', () => {
    expect(matching(faults, ['redis'])).toEqual(['redis killed', 'redis emptied']);
    expect(matching(faults, ['order'])).toEqual(['order']);
  });
});
