import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { identify, isAlive, type ProcFiles, parseStat } from './process-identity.ts';

const statOf = (name: string, state: string, ticks: string) =>
  `42 (${name}) ${state} 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 ${ticks} 1000 200`;

function filesWith(stat: string | undefined, bootId = 'boot-1'): ProcFiles {
  return { read: (path) => (path === '/proc/42/stat' ? stat : `${bootId}\n`) };
}

describe('process identity', () => {
  test('reads state and start time behind a name with spaces and brackets', () => {
    expect(parseStat(statOf('tricky) R (name', 'S', '987'))).toEqual({ state: 'S', startTicks: '987' });
    expect(parseStat('')).toBeUndefined();
  });

  test('is not alive when the number is gone, a zombie, reused, or from before a reboot', () => {
    const identity = { pid: 42, startTicks: '987', bootId: 'boot-1' };
    expect(isAlive(identity, filesWith(statOf('mysqld', 'S', '987')))).toBe(true);
    expect(isAlive(identity, filesWith(undefined))).toBe(false);
    expect(isAlive(identity, filesWith(statOf('mysqld', 'Z', '987')))).toBe(false);
    expect(isAlive(identity, filesWith(statOf('bash', 'S', '1234')))).toBe(false);
    expect(isAlive(identity, filesWith(statOf('mysqld', 'S', '987'), 'boot-2'))).toBe(false);
  });

  test('tells a real process and its end', async () => {
    const child = spawn('sleep', ['60']);
    const identity = identify(child.pid ?? 0);
    expect(identity && isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity && isAlive(identity)).toBe(false);
  });
});
