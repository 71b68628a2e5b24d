import { describe, expect, test } from '@jest/globals';
import { readArguments } from './read-arguments.ts';

const place = { topic: 'order-completed', partition: 2, offset: '17' };

describe('the arguments', () => {
  test.each([
    ['list', { command: 'list' }],
    ['list --topic order-completed', { command: 'list', topic: 'order-completed' }],
    ['show order-completed 2 17', { command: 'show', place }],
    ['show order-completed 2 017', { command: 'show', place }],
    ['replay order-completed 2 17', { command: 'replay', topic: 'order-completed', which: { place }, again: false }],
    ['replay order-completed --all', { command: 'replay', topic: 'order-completed', which: 'all', again: false }],
    [
      'replay order-completed --all --again',
      { command: 'replay', topic: 'order-completed', which: 'all', again: true },
    ],
    ['replay t --event e-1', { command: 'replay', topic: 't', which: { eventId: 'e-1' }, again: false }],
    ['--help', { command: 'help' }],
    ['replay --help', { command: 'help' }],
  ])('%s', (line, expected) => {
    expect(readArguments(line.split(' '))).toEqual(expected);
  });

  test.each([
    ['', 'there is no'],
    ['lsit', 'there is no lsit'],
    ['list extra', 'unexpected extra'],
    ['list --all', '--all is for replay'],
    ['show order-completed 2 17 --topic t', '--topic is for list'],
    ['show', 'TOPIC is missing'],
    ['show order-completed 2', 'must be whole numbers'],
    ['show order-completed two 17', 'must be whole numbers'],
    ['show order-completed 2 17 18', 'unexpected 18'],
    ['replay', 'TOPIC is missing'],
    ['replay order-completed', 'one of'],
    ['replay order-completed 2 17 --all', 'one of'],
    ['replay order-completed --event e --all', 'one of'],
    ['replay order-completed 2', 'must be whole numbers'],
    ['list --topics x', "Unknown option '--topics'"],
  ])('"%s" is refused with the usage', (line, problem) => {
    expect(() => readArguments(line.split(' '))).toThrow(problem);
    expect(() => readArguments(line.split(' '))).toThrow('usage: npm run dead-letters');
  });
});
