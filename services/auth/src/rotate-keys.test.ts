import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const command = new URL('rotate-keys.ts', import.meta.url).pathname;
const rotate = (...args: string[]) => promisify(execFile)(process.execPath, [command, ...args]);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rotate-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the command makes the file, then adds to it, and says so in one line', async () => {
  const path = join(folder, 'keys.json');
  expect((await rotate(path)).stdout).toBe(`${path}: created with one key\n`);
  expect((await rotate(path, '--publish-seconds', '60')).stdout).toMatch(
    /^.*: added \S+ \(signs from \S+Z\), dropped 0\n$/,
  );
});

test.each([[[]], [['a.json', 'b.json']], [['a.json', '--publish-seconds', 'soon']], [['/nowhere/keys.json']]])(
  'the command fails with one line for %j',
  async (args) => {
    await expect(rotate(...args)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^rotate-keys: .+\n$/),
    });
  },
);
