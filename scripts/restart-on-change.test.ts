import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../tests/support/index.ts';

const script = join(import.meta.dirname, 'restart-on-change.ts');
const serves = (word: string) => `
  process.on('SIGTERM', () => { console.log('drained'); process.exit(7); });
  setInterval(() => undefined, 1000);
  console.log('${word}');`;

let root: string;
let running: ChildProcess;
let output: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'onsale-restart-'));
  output = '';
  const workspace = (folder: string, dependencies: object) => {
    mkdirSync(join(root, folder, 'src'), { recursive: true });
    const name = `@onsale/${folder.split('/').at(-1)}`;
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ name, type: 'module', dependencies }));
    mkdirSync(join(root, 'node_modules/@onsale'), { recursive: true });
    symlinkSync(join(root, folder), join(root, 'node_modules', name));
  };
  workspace('packages/platform', {});
  workspace('services/order', { '@onsale/platform': '1' });
  workspace('services/other', {});
});

afterEach(() => {
  // With all that it has started.
  if (running.pid !== undefined && running.exitCode === null) process.kill(-running.pid, 'SIGKILL');
  rmSync(root, { recursive: true });
});

const run = () => {
  const flags = ['--disable-warning=ExperimentalWarning', script, '--disable-warning=ExperimentalWarning'];
  running = spawn(process.execPath, [...flags, 'services/order/src/main.ts', '--parts', 'http'], {
    cwd: root,
    detached: true,
  });
  for (const stream of [running.stdout, running.stderr]) stream?.on('data', (data) => (output += String(data)));
};
const file = (path: string, text: string) => writeFileSync(join(root, path), text);
/** As an unpacked archive does it: the file that was there is another one afterwards. */
const replace = (path: string, text: string) => {
  file('next', text);
  renameSync(join(root, 'next'), join(root, path));
};
const said = (text: string) => until(`${text} is said`, async () => output.includes(text));
const exitCode = () => new Promise((resolve) => running.once('exit', resolve));

test('starts anew at every change, also of a file that was replaced before', async () => {
  file('services/order/src/main.ts', serves('first'));
  run();
  await said('first');
  replace('services/order/src/main.ts', serves('second'));
  await said('second');
  replace('services/order/src/main.ts', serves('third'));
  await said('third');
  file('packages/platform/src/new.ts', '');
  await until('the third is there twice', async () => output.split('third').length === 3);
  mkdirSync(join(root, 'packages/platform/src/room'));
  await until('the third is there three times', async () => output.split('third').length === 4);
  file('packages/platform/src/room/inner.ts', '');
  await until('the third is there four times', async () => output.split('third').length === 5);
  expect(output.split('drained')).toHaveLength(6);
});

test("does nothing when somebody else's source changes", async () => {
  file('services/order/src/main.ts', serves('first'));
  run();
  await said('first');
  file('services/other/src/main.ts', '');
  file('services/order/src/main.ts', serves('second'));
  await said('second');
  expect(output.match(/has changed/g)).toHaveLength(1);
});

test('waits for the next change when a changed file is broken', async () => {
  file('services/order/src/main.ts', serves('first'));
  run();
  await said('first');
  replace('services/order/src/main.ts', 'broken(');
  await said('waits for a change');
  replace('services/order/src/main.ts', serves('mended'));
  await said('mended');
});

test('ends as what it runs ends', async () => {
  file('services/order/src/main.ts', 'process.exit(3);');
  run();
  expect(await exitCode()).toBe(3);
});

test('hands the signal on, and ends when that has ended', async () => {
  file('services/order/src/main.ts', serves('first'));
  run();
  await said('first');
  replace('services/order/src/main.ts', serves('second'));
  await said('second');
  running.kill('SIGTERM');
  expect(await exitCode()).toBe(7);
  expect(output.split('drained')).toHaveLength(3);
});
