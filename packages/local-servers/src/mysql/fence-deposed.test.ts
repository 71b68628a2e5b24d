import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { fenceDeposed } from './fence-deposed.ts';

let folder: TemporaryFolder;
const ending = new AbortController();

beforeEach(async () => {
  folder = await temporaryFolder();
  jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
});
afterEach(async () => {
  ending.abort();
  jest.useRealTimers();
  await folder.remove();
});

test('a file that is half written, or names nobody, deposes nobody; another name ends the primary', async () => {
  const ended: string[] = [];
  const server = (name: string, pid: number) => ({
    name,
    pid,
    host: '127.0.0.1' as const,
    port: 1,
    kill: async () => void ended.push(name),
    start: async () => undefined,
    pause: never,
    resume: never,
    restart: never,
    stop: never,
  });
  const primaryFile = join(folder.path, 'primary');
  const look = async (text: string) => {
    writeFileSync(primaryFile, text);
    await jest.advanceTimersByTimeAsync(1_000);
    return [...ended];
  };
  const servers = [server('mysql-1', 11), server('mysql-2', 12)];
  fenceDeposed({ servers, primaryFile, ending: ending.signal, report: () => undefined }).tookWrites('mysql-1');
  expect(await look('')).toEqual([]);
  expect(await look('mysql-3\n')).toEqual([]);
  expect(await look('mysql-1\n')).toEqual([]);
  expect(await look('mysql-2\n')).toEqual(['mysql-1']);
});

async function never(): Promise<void> {
  throw new Error('not asked for');
}
