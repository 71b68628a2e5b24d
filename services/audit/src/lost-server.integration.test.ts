import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalServers, type MysqlPair, startServers } from '@onsale/local-servers';
import { runAudit } from './run-audit.ts';
import type { SchemaAccess } from './snapshot/schema-access.ts';

let folder: string;
let servers: LocalServers;
let mysql: MysqlPair;
let commerce: SchemaAccess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onsale-audit-lost-'));
  servers = await startServers({ dataFolder: folder, mysql: { replica: false, durability: 'relaxed' } });
  if (servers.mysql === undefined) throw new Error('no MySQL was started');
  mysql = servers.mysql;
  await mysql.provisionSchema('commerce');
  await mysql.query('CREATE TABLE commerce.outbox (id BIGINT PRIMARY KEY, sent_at DATETIME(6) NULL)');
  const { host, port } = mysql.primary;
  const reader = await mysql.provisionReader('auditor', ['commerce']);
  commerce = { host, port, database: 'commerce', ...reader, ca: await readFile(mysql.caFile, 'utf8') };
});

afterAll(async () => {
  await servers?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the audit and harms the server as soon as the first check begins. */
async function auditOf(harm: () => Promise<void>) {
  let harmed = Promise.resolve();
  const report = await runAudit({
    commerce,
    waitMs: 0,
    stillMs: 50,
    statementTimeoutMs: 500,
    onProgress: (line) => {
      if (line === 'stock') harmed = harm();
    },
  });
  await harmed;
  return report;
}

describe('a server that is lost under the audit', () => {
  test('and hangs: every check fails in time', async () => {
    const report = await auditOf(() => mysql.primary.pause());
    await mysql.primary.resume();
    expect(report.verdict).toBe('failed');
    expect(report.notices).toEqual([expect.stringContaining('the state of replication is not known')]);
  }, 30_000);

  test('and dies: every check fails at once', async () => {
    const report = await auditOf(() => mysql.primary.kill());
    expect(report.verdict).toBe('failed');
  }, 30_000);

  test('before it begins: the audit cannot run', async () => {
    await expect(runAudit({ commerce, waitMs: 0, stillMs: 50 })).rejects.toThrow(/cannot connect to commerce at/);
  });
});
