import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServers } from '@onsale/local-servers';
import { z } from 'zod';
import globalTeardown from './global-teardown.ts';
import { rememberRun } from './run.ts';

const provisionRequest = z.object({ schema: z.string() });

/**
 * Starts the servers that all integration tests share: a MySQL pair and three brokers. Tests run in processes of their
 * own and ask this one, over loopback, for a schema of theirs.
 */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-tests-'));
  // Whatever tests put into a temporary folder, and whatever they start, can be told by this one.
  process.env.TMPDIR = folder;
  const interrupted = new AbortController();
  const interruption = once(interrupted.signal, 'abort');
  onSignal(() => interrupted.abort(new Error('interrupted')));
  const servers = await startServers({
    dataFolder: join(folder, 'shared'),
    mysql: { replica: true, durability: 'relaxed' },
    kafka: { brokers: 3 },
    signal: interrupted.signal,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  const { mysql, kafka } = servers;
  if (mysql?.replica === undefined || kafka === undefined) throw new Error('the shared servers are not complete');

  const provisioner = createServer((request, response) => {
    const { schema } = provisionRequest.parse(
      Object.fromEntries(new URL(request.url ?? '/', 'http://tests').searchParams),
    );
    // A client that kept its connection could find it closed, for want of use, under its next request.
    response.setHeader('Connection', 'close');
    mysql.provisionSchema(schema).then(
      (access) => response.end(JSON.stringify(access)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => provisioner.listen(0, '127.0.0.1', listening));
  const address = provisioner.address();
  if (address === null || typeof address === 'string') throw new Error('no port to provision on');

  process.env.ONSALE_TEST_SERVERS = JSON.stringify({
    provisionUrl: `http://127.0.0.1:${address.port}/`,
    primary: { host: mysql.primary.host, port: mysql.primary.port },
    replica: { host: mysql.replica.host, port: mysql.replica.port },
    caFile: mysql.caFile,
    admin: mysql.admin,
    brokers: kafka.bootstrap,
  });
  rememberRun({ servers, provisioner, folder });
  void interruption.then(globalTeardown).finally(() => process.exit(1));
}

/** Jest makes no tear-down when it is told to end, and servers are in process groups of their own. */
function onSignal(end: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
}
