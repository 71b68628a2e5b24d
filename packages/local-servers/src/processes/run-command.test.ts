import { describe, expect, test } from '@jest/globals';
import { runCommand } from './run-command.ts';

const signal = new AbortController().signal;

describe('runCommand', () => {
  test('gives what was printed', async () => {
    expect(await runCommand('sh', ['-c', 'echo out; echo error >&2'], { timeoutMs: 5_000, signal })).toContain('out');
  });

  test('a failure carries the exit code and the last lines', async () => {
    const failed = runCommand('sh', ['-c', 'echo first; echo last; exit 3'], { timeoutMs: 5_000, signal });
    await expect(failed).rejects.toThrow('sh failed (3): first | last');
  });

  test('a program that is not there', async () => {
    await expect(runCommand('/nowhere/program', [], { timeoutMs: 5_000, signal })).rejects.toThrow('ENOENT');
  });

  test('ends what takes too long', async () => {
    await expect(runCommand('sleep', ['60'], { timeoutMs: 50, signal })).rejects.toThrow(
      'sleep took longer than 0.05 s',
    );
  });

  test('ends at an abort, with its reason', async () => {
    const abort = new AbortController();
    const running = runCommand('sleep', ['60'], { timeoutMs: 5_000, signal: abort.signal });
    abort.abort(new Error('not wanted any more'));
    await expect(running).rejects.toThrow('not wanted any more');
  });
});
