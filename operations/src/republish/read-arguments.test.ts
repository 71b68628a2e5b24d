import { describe, expect, test } from '@jest/globals';
import { readArguments } from './read-arguments.ts';

const times = { since: new Date('2026-01-31T09:00:00Z'), until: new Date('2026-01-31T10:30:00Z') };

describe('the arguments', () => {
  test.each([
    ['--schema commerce --from-id 1 --to-id 9', { schema: 'commerce', range: { fromId: 1n, toId: 9n }, dryRun: false }],
    ['--since 2026-01-31T09:00:00Z --until 2026-01-31T19:30:00+09:00', { range: times, dryRun: false }],
    [
      '--from-id 1 --to-id 1 --topic order-completed --dry-run',
      { range: { fromId: 1n, toId: 1n }, topic: 'order-completed', dryRun: true },
    ],
  ])('%s', (line, expected) => {
    expect(readArguments(line.split(' '))).toEqual({ help: false, ...expected });
  });

  test('ask for help', () => {
    expect(readArguments(['--help'])).toEqual({ help: true });
  });

  test.each([
    ['--schema commerce', 'the range needs both ends'],
    ['--from-id 1', 'the range needs both ends'],
    ['--from-id 1 --until 2026-01-31T10:30:00Z', 'the range needs both ends'],
    ['--from-id 1 --to-id 2 --since 2026-01-31T09:00:00Z', 'the range needs both ends'],
    ['--from-id 1 --to-id 2 --since 2026-01-31T09:00:00Z --until 2026-01-31T10:30:00Z', 'the range needs both ends'],
    ['--from-id x --to-id 2', '--from-id must be a whole number'],
    ['--from-id 1 --to-id=-2', '--to-id must be a whole number'],
    ['--since yesterday --until 2026-01-31T10:30:00Z', '--since must be a time'],
    ['--since 2026-01-31T09:00:00 --until 2026-01-31T10:30:00Z', '--since must be a time'],
    ['commerce --from-id 1 --to-id 2', 'unexpected commerce'],
    ['--form-id 1', "Unknown option '--form-id'"],
  ])('%s is refused', (line, problem) => {
    expect(() => readArguments(line.split(' '))).toThrow(problem);
  });
});
