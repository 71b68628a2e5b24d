import { describe, expect, test } from '@jest/globals';
import { readArguments } from './read-arguments.ts';

const read = (line: string) => readArguments(line.split(' ').filter(Boolean));

describe('the arguments of failover', () => {
  test.each([
    ['', { asked: 'promote', acceptLoss: false }],
    ['--accept-loss', { asked: 'promote', acceptLoss: true }],
    ['--switch', { asked: 'switch' }],
    ['--watch', { asked: 'watch', afterSeconds: 15 }],
    ['--watch --after 30', { asked: 'watch', afterSeconds: 30 }],
    ['--help', { asked: 'help' }],
  ])('%s', (line, asked) => {
    expect(read(line)).toEqual(asked);
  });

  test.each([
    ['--watch --accept-loss', 'exclude each other'],
    ['--switch --accept-loss', 'exclude each other'],
    ['--after 30', 'belongs to --watch'],
    ['--watch --after 1', 'from 5 to 3600'],
    ['--watch --after soon', 'from 5 to 3600'],
    ['mysql-2', 'unexpected mysql-2; usage:'],
    ['--force', 'usage:'],
  ])('%s is refused', (line, why) => {
    expect(() => read(line)).toThrow(why);
  });
});
