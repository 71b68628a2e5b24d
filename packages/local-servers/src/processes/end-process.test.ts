import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { endProcess } from './end-process.ts';
import { identify, isAlive } from './process-identity.ts';

async function startShell(script: string) {
  const child = spawn('sh', ['-c', `${script}; echo ready; while :; do sleep 0.05; done`]);
  await once(child.stdout, 'data');
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error('the shell did not start');
  return { child, identity };
}

describe('endProcess', () => {
  test('ends one that listens to the request', async () => {
    const { child, identity } = await startShell('true');
    const exit = once(child, 'exit');
    await endProcess(identity, 5_000);
    expect(await exit).toEqual([null, 'SIGTERM']);
  });

  test('kills one that does not', async () => {
    const { child, identity } = await startShell("trap '' TERM");
    const exit = once(child, 'exit');
    await endProcess(identity, 100);
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  test('ends one that is paused', async () => {
    const { child, identity } = await startShell('true');
    const exit = once(child, 'exit');
    child.kill('SIGSTOP');
    await endProcess(identity, 5_000);
    expect(await exit).toEqual([null, 'SIGTERM']);
  });

  test('leaves a process alone that merely has the number', async () => {
    const { child, identity } = await startShell('true');
    await endProcess({ ...identity, startTicks: `${Number(identity.startTicks) - 1}` }, 100);
    expect(isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});
