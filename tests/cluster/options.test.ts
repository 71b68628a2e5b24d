import { describe, expect, test } from '@jest/globals';
import { readOptions } from './options.ts';

const steps = ['cluster', 'install', 'drain'];

describe('the options of the cluster test', () => {
  test('unless told, everything runs in a cluster of its own that does not stay', () => {
    expect(readOptions([], steps)).toEqual({ namespace: 'onsale', keep: false, list: false });
  });

  test('some steps run in a cluster that is there', () => {
    const args = ['--only', 'install,drain', '--cluster', 'dev', '--namespace', 'try-1', '--rate', '50'];
    expect(readOptions(args, steps)).toEqual({
      only: ['install', 'drain'],
      cluster: 'dev',
      namespace: 'try-1',
      rate: 50,
      keep: false,
      list: false,
    });
  });

  test.each([
    [['--only', 'instal'], 'there is no step instal; there are cluster, install, drain'],
    [['--from', 'x'], 'there is no step x'],
    [['--namespace', 'Not A Name'], 'a name is lower-case letters'],
    [['--rate', 'fast'], 'rate'],
    [['--fast'], "Unknown option '--fast'"],
    [['install'], 'Unexpected argument'],
  ])('%j is refused with the reason and the usage', (args, reason) => {
    expect(() => readOptions(args, steps)).toThrow(reason);
    expect(() => readOptions(args, steps)).toThrow('usage: npm run test:cluster');
  });
});
