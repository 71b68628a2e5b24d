import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalServer, LocalServers, MysqlPair } from '../local-servers.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { startServers } from '../start-servers.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { mysqlClient } from './mysql-client.ts';

let folder: TemporaryFolder;
let servers: LocalServers | undefined;
let said: string[] = [];

async function start(): Promise<MysqlPair & { replica: LocalServer }> {
  servers = await startServers({
    dataFolder: folder.path,
    mysql: { replica: true, durability: 'relaxed' },
    report: (line) => said.push(line),
  });
  if (!servers.mysql?.replica) throw new Error('no pair');
  return { ...servers.mysql, replica: servers.mysql.replica };
}

const never = new AbortController().signal;
const soon = (what: string, check: () => Promise<void>) =>
  waitUntil(what, check, { timeoutMs: 30_000, everyMs: 100, signal: never });

/** What the failover tool does to a pair whose primary is gone. */
async function promote(pair: MysqlPair & { replica: LocalServer }): Promise<void> {
  await writeFile(pair.primaryFile, `${pair.replica.name}\n`);
  await pair.replicaQuery('STOP REPLICA');
  await pair.replicaQuery('RESET REPLICA ALL');
  await pair.replicaQuery('SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF');
}

const follows = async (pair: MysqlPair, port: number) => {
  const [status] = await pair.query('SHOW REPLICA STATUS');
  expect(status).toMatchObject({ Source_Port: port, Replica_IO_Running: 'Yes', Replica_SQL_Running: 'Yes' });
};

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await servers?.stop();
  servers = undefined;
  said = [];
}, 60_000);
afterAll(() => folder?.remove());

describe('after the replica was promoted', () => {
  test('a primary that hung is killed, comes back read-only and follows; a removed one too; the next start swaps them', async () => {
    const pair = await start();
    await pair.query('CREATE DATABASE kept');
    await pair.query('CREATE TABLE kept.t (id INT PRIMARY KEY)');
    await pair.waitForReplica();
    const { pid } = pair.primary;
    await pair.primary.pause();
    await promote(pair);
    await soon('the former primary to follow', () => follows(pair, pair.replica.port));
    expect(pair.primary.pid).not.toBe(pid);
    await expect(pair.query('CREATE DATABASE lost')).rejects.toThrow('super-read-only');
    expect(said.join('\n')).toContain('mysql-1 is no longer named primary');

    await pair.primary.kill();
    await rm(join(folder.path, pair.primary.name), { recursive: true });
    await pair.primary.restart();
    await soon('a copy to be there', async () => {
      expect(await pair.query('SELECT COUNT(*) AS n FROM kept.t')).toEqual([{ n: 0 }]);
    });
    await servers?.stop();

    const next = await start();
    expect([next.primary.name, next.replica.name]).toEqual(['mysql-2', 'mysql-1']);
    await next.query('INSERT INTO kept.t VALUES (1)');
    await next.waitForReplica();
    expect(await next.replicaQuery('SELECT id FROM kept.t')).toEqual([{ id: 1 }]);
  }, 120_000);

  test('one that has what the other never received follows nobody, and stops the next start, which says what to do', async () => {
    const pair = await start();
    await pair.query('CREATE DATABASE apart');
    await pair.waitForReplica();
    await pair.stopReplication();
    await pair.query('CREATE DATABASE only_here');
    await pair.primary.kill();
    await promote(pair);
    await pair.primary.restart();
    expect(await pair.query('SHOW REPLICA STATUS')).toEqual([]);
    expect(await pair.query('SELECT @@super_read_only AS readOnly')).toEqual([{ readOnly: 1 }]);
    const why = new RegExp(
      `${pair.primary.name} has transactions that the primary, ${pair.replica.name}, never received`,
    );
    expect(said.join('\n')).toMatch(why);
    const lone = pair.primary.name;
    await servers?.stop();

    await expect(start()).rejects.toThrow(why);
    await expect(start()).rejects.toThrow(join(folder.path, lone));
    await rm(join(folder.path, lone), { recursive: true });
    const next = await start();
    await next.waitForReplica();
    expect(await next.replicaQuery("SHOW DATABASES LIKE 'only_here'")).toEqual([]);
    expect((await readFile(next.primaryFile, 'utf8')).trim()).toBe(next.primary.name);
    const admin = mysqlClient(next.replica.port, next.admin, next.caFile);
    await expect(admin.query('CREATE DATABASE lost')).rejects.toThrow('super-read-only');
  }, 120_000);
});
