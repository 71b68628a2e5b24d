import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { processRecords, type ReservedPorts, reservePorts, waitUntil } from '@onsale/local-servers/processes';
import { restartPolicy } from './restart-policy.ts';
import { type ServiceProcess, serviceProcess } from './service-process.ts';

const serving = `
  import { createServer } from 'node:http';
  createServer((_, answer) => answer.end('{}')).listen(Number(process.env.PORT), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
`;

describe('a supervised process', () => {
  let folder = '';
  let ports: ReservedPorts;
  let ending: AbortController;
  let service: ServiceProcess | undefined;
  let gaveUp = 0;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onsale-service-'));
    ports = await reservePorts([{ name: 'management' }]);
    ending = new AbortController();
    gaveUp = 0;
  });
  afterEach(async () => {
    ending.abort();
    await service?.stop();
    await ports.release();
    rmSync(folder, { recursive: true });
  });

  const recorded = () => processRecords(join(folder, 'processes')).all();

  function build(program: string, limit: number): ServiceProcess {
    writeFileSync(join(folder, 'main.mjs'), program);
    const managementUrl = `http://127.0.0.1:${ports.port('management')}`;
    service = serviceProcess(
      {
        name: 'order',
        args: ['main.mjs'],
        cwd: folder,
        environment: { PORT: String(ports.port('management')) },
        logFile: join(folder, 'order.log'),
        url: managementUrl,
        managementUrl,
        readyTimeoutMs: 20_000,
        stopTimeoutMs: 5_000,
      },
      {
        records: processRecords(join(folder, 'processes')),
        signal: ending.signal,
        restarts: restartPolicy({ limit, windowMs: 60_000, now: () => 0 }),
        report: () => undefined,
        gaveUp: () => {
          gaveUp++;
        },
      },
    );
    return service;
  }

  const until = (what: string, holds: () => boolean) =>
    waitUntil(
      what,
      async () => {
        if (!holds()) throw new Error('not yet');
      },
      { timeoutMs: 20_000, signal: new AbortController().signal },
    );

  test('is ready, is on record, and is neither when it was stopped', async () => {
    const order = build(serving, 0);
    await order.restart();
    expect(recorded().map(({ identity }) => identity.pid)).toEqual([order.pid]);
    await order.stop();
    expect(order.pid).toBeUndefined();
    expect(recorded()).toEqual([]);
    expect(gaveUp).toBe(0);
  });

  test('that dies comes back, until it has died too often', async () => {
    const order = build(serving, 1);
    await order.restart();
    const first = order.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await until('the next process', () => order.pid !== undefined && order.pid !== first);
    process.kill(order.pid ?? 0, 'SIGKILL');
    await until('the end of patience', () => gaveUp === 1);
    expect(order.pid).toBeUndefined();
  });

  test('that a test kills stays down', async () => {
    const order = build(serving, 1);
    await order.restart();
    await order.kill();
    expect(order.pid).toBeUndefined();
    await order.restart();
    expect(order.pid).toBeDefined();
  });

  test('that ends at once fails its start, naming the log', async () => {
    await expect(build('process.exit(3)', 1).restart()).rejects.toThrow(
      /order did not start \(exit code 3\); see .*order\.log/,
    );
  });
});
