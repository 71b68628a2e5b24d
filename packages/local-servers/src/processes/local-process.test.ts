import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '@onsale/tests/support';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { startProcess, type TendedServer } from './local-process.ts';
import { processRecords } from './process-records.ts';

let folder: TemporaryFolder;
let server: TendedServer;
let launches: number;

const listenLate = (port: number) =>
  `setTimeout(() => require('node:http').createServer((_, answer) => answer.end()).listen(${port}, '127.0.0.1'), 300)`;

beforeEach(async () => {
  folder = await temporaryFolder();
  launches = 0;
  const port = await freePort();
  const signal = new AbortController().signal;
  server = await startProcess(
    {
      name: 'slow',
      port,
      command: process.execPath,
      args: () => ['-e', listenLate(port)],
      cwd: folder.path,
      logFile: join(folder.path, 'log'),
      beforeStart: async () => {
        launches += 1;
      },
      answers: async () => {
        // As a client that waits for a connection: it does not notice at once that the server has ended.
        await delay(200);
        await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1_000) });
      },
      startTimeoutMs: 20_000,
      stopTimeoutMs: 5_000,
    },
    {
      records: processRecords(join(folder.path, 'processes')),
      signal,
      ending: signal,
      report: () => undefined,
      started: () => undefined,
      giveUp: () => undefined,
    },
  );
  await server.stop();
});
afterEach(async () => {
  await server?.stop();
  await folder?.remove();
});

test('a server that is killed while it starts can be started again at once', async () => {
  const cut = expect(server.start()).rejects.toThrow('ended while starting');
  while (server.pid === undefined) await new Promise((later) => setImmediate(later));
  await server.kill();
  await server.restart();
  expect(server.pid).toBeDefined();
  await cut;
});

test('who starts it at once share one start', async () => {
  await Promise.all([server.start(), server.start()]);
  const { pid } = server;
  expect(pid).toBeDefined();
  await server.start();
  expect(server.pid).toBe(pid);
});

test('two who bring it back at once start one process', async () => {
  await server.start();
  const before = launches;
  const bringBack = async () => {
    await server.kill();
    await server.start();
  };
  await Promise.all([bringBack(), server.restart()]);
  expect(launches).toBe(before + 1);
  expect(server.pid).toBeDefined();
});
