import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Breakable, freeze, kill } from './breakable.ts';

const children: ChildProcess[] = [];
const never = new AbortController().signal;

/** A process that can be started again, as services and servers can. */
function sleeper(): Breakable & { restart(): Promise<void> } {
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
  };
  return {
    name: 'sleeper',
    get pid() {
      return child?.pid;
    },
    kill: async () => {
      const ending = child;
      child = undefined;
      if (ending === undefined) return;
      ending.kill('SIGKILL');
      await once(ending, 'exit');
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    restart: start,
  };
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('killing', () => {
  test('tells which process took the place of which', async () => {
    const target = sleeper();
    await target.restart();
    const before = target.pid;
    const evidence = await kill([target], { holdMs: 0, signal: never, heal: () => target.restart() });
    expect(evidence).toEqual({
      happened: true,
      what: `killed for 0 ms: sleeper ${before} → ${target.pid}`,
      kills: 1,
    });
  });

  test('what was down is no kill, and is healed all the same', async () => {
    const target = sleeper();
    const evidence = await kill([target], { holdMs: 0, signal: never, heal: () => target.restart() });
    expect(evidence).toEqual({ happened: false, what: 'sleeper was down already' });
    expect(target.pid).toBeDefined();
  });
});

describe('freezing', () => {
  test('is seen on the process, and ends', async () => {
    const target = sleeper();
    await target.restart();
    let healed = false;
    const heal = async () => {
      healed = true;
    };
    const evidence = await freeze(target, { holdMs: 1, signal: never, heal });
    expect(evidence).toEqual({ happened: true, what: `sleeper ${target.pid} stopped for 1 ms` });
    expect(healed).toBe(true);
  });

  test('of a process that dies meanwhile did not happen', async () => {
    const target = sleeper();
    await target.restart();
    const holding = new AbortController();
    const freezing = freeze(target, { holdMs: 60_000, signal: holding.signal, heal: async () => undefined });
    await target.kill();
    holding.abort();
    expect(await freezing).toMatchObject({ happened: false });
  });
});
