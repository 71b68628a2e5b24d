import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CrashControl } from './crash-control.ts';
import { openCrashControl } from './open-crash-control.ts';

/** Says that it runs, and passes a point for every line that it reads, or one of them all the time. */
const program = `
  const { createInterface } = await import('node:readline');
  const points = { commit: ['before COMMIT', 'orders.place'], answer: ['answered', 'POST /api/orders'] };
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line === 'always') return always();
    globalThis.passCrashPoint(...points[line], () => 'what it was at');
    console.log('passed ' + line);
  });
  const { connect, createServer } = await import('node:net');
  function always() {
    // So many that some have something to read whenever an order has.
    const talk = (socket) => socket.on('data', (data) => {
      globalThis.passCrashPoint(...points.commit);
      socket.write(data);
    });
    const server = createServer(talk).listen(0, '127.0.0.1', () => {
      for (let n = 0; n < 16; n += 1) talk(connect(server.address().port, '127.0.0.1')).write('x');
    });
  }
  console.log('runs');
`;

const commit = 'orders.place: before COMMIT';

describe('the control over crash points', () => {
  let folder: string;
  let control: CrashControl;
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  let pid: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onsale-crash-'));
    control = openCrashControl(join(folder, 'points'));
    const started = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], {
      env: { ...control.environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = started;
    pid = started.pid ?? 0;
    lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
    expect(await said()).toBe('runs');
  }, 20_000);
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const said = async (): Promise<string> => {
    const { value } = await lines.next();
    return String(value);
  };
  const pass = (point: string): void => {
    child.stdin?.write(`${point}\n`);
  };

  test('ends a process at the passing that was asked for, and knows that it got there', async () => {
    await control.arm(pid, { point: commit, action: 'kill', after: 2 });
    pass('commit');
    pass('answer');
    expect([await said(), await said()]).toEqual(['passed commit', 'passed answer']);
    expect(await control.reached(pid, commit, 0)).toBeUndefined();

    pass('commit');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await control.reached(pid, commit, 0)).toMatchObject({ pid, action: 'kill', detail: 'what it was at' });
    await expect(control.arm(pid, { point: commit, action: 'kill' })).rejects.toThrow('no process with crash points');
    await control.disarm(pid);
  });

  test('stops a process, which goes on when it is told to, and can be armed again', async () => {
    await control.arm(pid, { point: 'orders.place: answered', action: 'stop' });
    pass('answer');
    expect(await control.reached(pid, 'orders.place: answered', 10_000)).toMatchObject({ action: 'stop' });
    child.kill('SIGCONT');
    expect(await said()).toBe('passed answer');

    await control.arm(pid, { point: 'orders.place: answered', action: 'stop' });
    expect(await control.reached(pid, 'orders.place: answered', 0)).toBeUndefined();
    await control.disarm(pid);
    pass('answer');
    expect(await said()).toBe('passed answer');
  });

  test('knows that a process took the order and stopped in the same breath', async () => {
    child.stdin?.write('always\n');
    await control.arm(pid, { point: commit, action: 'stop' });
    expect(await control.reached(pid, commit, 1_000)).toMatchObject({ action: 'stop' });
  });

  test('an order that a sleeper did not take in time is none when it wakes', async () => {
    child.kill('SIGSTOP');
    await expect(control.arm(pid, { point: commit, action: 'kill' })).rejects.toThrow('no order was taken');
    child.kill('SIGCONT');
    pass('commit');
    expect(await said()).toBe('passed commit');
    pass('commit');
    expect(await said()).toBe('passed commit');
  }, 20_000);

  test('of those armed with one word only the first acts', async () => {
    const firstOf = randomUUID();
    await control.arm(pid, { point: commit, action: 'stop', firstOf });
    pass('commit');
    expect(await control.reached(pid, commit, 10_000)).toBeDefined();
    child.kill('SIGCONT');
    expect(await said()).toBe('passed commit');

    await control.arm(pid, { point: commit, action: 'kill', firstOf });
    pass('commit');
    expect(await said()).toBe('passed commit');
    expect(await control.reached(pid, commit, 0)).toBeUndefined();
  });

  test('knows only the points that there are', async () => {
    await expect(control.arm(pid, { point: 'orders.place: lunch', action: 'kill' })).rejects.toThrow('no crash point');
  });

  test('refuses a folder whose sockets nobody could open', () => {
    expect(() => openCrashControl(join(folder, 'x'.repeat(100)))).toThrow('too long');
  });
});
