import { expect, test } from '@jest/globals';
import { runChecks } from './run-checks.ts';

const check = (promise: string, problem?: Error) => ({
  promise,
  run: async () => {
    if (problem) throw problem;
  },
});

test('each check is a line, and what follows a failure of its sequence is left out', async () => {
  const lines: string[] = [];
  const away = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
  const failed = await runChecks(
    [
      [check('one')],
      [check('two'), check('three', away), check('four'), check('five')],
      [check('six', new Error('two\nlines'))],
    ],
    (line) => void lines.push(line.replace(/\d+ ms/, 'N ms')),
  );
  expect(failed).toBe(2);
  expect(lines).toEqual([
    'ok        one (N ms)',
    'ok        two (N ms)',
    'FAILED    three (N ms): fetch failed: connect ECONNREFUSED',
    'left out  four',
    'left out  five',
    'FAILED    six (N ms): two lines',
  ]);
});
