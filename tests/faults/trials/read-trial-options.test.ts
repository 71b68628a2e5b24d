import { describe, expect, test } from '@jest/globals';
import { readTrialOptions } from './read-trial-options.ts';

const known = ['one', 'other'];

describe('the choice of trials', () => {
  test('is all of them, or some, with a seed of its own unless told', () => {
    expect(readTrialOptions(['--trial', 'all', '--seed', '7'], known)).toEqual({
      names: known,
      long: false,
      seed: '7',
      keep: false,
    });
    expect(readTrialOptions(['--trial', 'other', '--count', '20', '--keep'], known)).toMatchObject({
      names: ['other'],
      count: 20,
      keep: true,
    });
    expect(readTrialOptions(['--trial', 'one'], known).seed).toMatch(/^\d+$/);
  });

  test.each([
    [['--trial', 'third'], 'there is no trial "third", but one, other'],
    [['--trial', 'one', '--long', '--count', '2'], '--count and --long exclude each other'],
    [['--trial', 'one', '--count', '0'], '>=1'],
    [['--trial', 'one', '--much'], "Unknown option '--much'"],
  ])('%j is refused', (args, why) => {
    expect(() => readTrialOptions(args, known)).toThrow(why);
    expect(() => readTrialOptions(args, known)).toThrow('usage: npm run test:faults -- --trial');
  });
});
