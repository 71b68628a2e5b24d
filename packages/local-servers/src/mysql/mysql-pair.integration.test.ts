import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { createConnection } from 'mysql2/promise';
import type { DatabaseUser, LocalServer, LocalServers, MysqlPair } from '../local-servers.ts';
import { startServers } from '../start-servers.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { mysqlClient } from './mysql-client.ts';

let folder: TemporaryFolder;
let servers: LocalServers;
let mysql: MysqlPair;
let replica: LocalServer;

const as = (user: DatabaseUser, server: LocalServer = mysql.primary) => mysqlClient(server.port, user, mysql.caFile);

beforeAll(async () => {
  folder = await temporaryFolder();
  servers = await startServers({ dataFolder: folder.path, mysql: { replica: true } });
  if (!servers.mysql?.replica) throw new Error('no pair');
  mysql = servers.mysql;
  replica = servers.mysql.replica;
}, 180_000);

afterAll(async () => {
  await servers?.stop();
  await folder.remove();
}, 60_000);

describe('replication', () => {
  test('is semi-synchronous after sync, by GTID and over TLS, and applies', async () => {
    const status = await mysql.query("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source_status'");
    expect(status).toEqual([{ Variable_name: 'Rpl_semi_sync_source_status', Value: 'ON' }]);
    const settings = await mysql.query(
      `SELECT @@rpl_semi_sync_source_wait_point AS point, @@rpl_semi_sync_source_timeout AS timeoutMs,
         @@gtid_mode AS gtid, @@session_track_gtids AS tracked, @@innodb_flush_log_at_trx_commit AS flushed, @@sync_binlog AS synced`,
    );
    expect(settings).toEqual([
      { point: 'AFTER_SYNC', timeoutMs: 1_000, gtid: 'ON', tracked: 'OWN_GTID', flushed: 1, synced: 1 },
    ]);
    const [source] = await mysql.replicaQuery('SHOW REPLICA STATUS');
    expect(source).toMatchObject({ Auto_Position: 1, Source_SSL_Allowed: 'Yes', Source_SSL_Verify_Server_Cert: 'Yes' });
    await mysql.provisionSchema('applied');
    await mysql.query('CREATE TABLE applied.rows_of_it (id INT PRIMARY KEY)');
    await mysql.waitForReplica();
    expect(await mysql.replicaQuery('SELECT COUNT(*) AS n FROM applied.rows_of_it')).toEqual([{ n: 0 }]);
    await expect(mysql.replicaQuery('DROP TABLE applied.rows_of_it')).rejects.toThrow('super-read-only');
  });

  test('can be stopped, delayed and brought back', async () => {
    await mysql.provisionSchema('delayed');
    await mysql.query('CREATE TABLE delayed.t (id INT PRIMARY KEY)');
    await mysql.waitForReplica();
    await mysql.stopReplication();
    await mysql.query('INSERT INTO delayed.t VALUES (1)');
    await expect(mysql.waitForReplica(200)).rejects.toThrow('not caught up');
    await mysql.startReplication();
    await mysql.waitForReplica();
    await mysql.setReplicaDelay(30);
    await mysql.query('INSERT INTO delayed.t VALUES (2)');
    await expect(mysql.waitForReplica(500)).rejects.toThrow('not caught up');
    await mysql.setReplicaDelay(0);
    await mysql.waitForReplica();
    expect(await mysql.replicaQuery('SELECT COUNT(*) AS n FROM delayed.t')).toEqual([{ n: 2 }]);
  });

  test('a replica that is killed before it has applied anything of what it follows goes on when it comes back', async () => {
    await mysql.stopReplication();
    await mysql.replicaQuery('RESET REPLICA');
    await mysql.replicaQuery('START REPLICA IO_THREAD');
    await replica.kill();
    await replica.restart();
    await mysql.query('CREATE DATABASE after_a_reset');
    await mysql.waitForReplica();
  }, 60_000);

  test('a killed replica comes back and catches up', async () => {
    await mysql.provisionSchema('caught_up');
    await replica.kill();
    await mysql.query('CREATE TABLE caught_up.t (id INT PRIMARY KEY)');
    await replica.restart();
    await mysql.waitForReplica();
    expect(await mysql.replicaQuery('SELECT COUNT(*) AS n FROM caught_up.t')).toEqual([{ n: 0 }]);
  }, 60_000);
});

describe('rights', () => {
  test('no connection without TLS', async () => {
    const { app } = await mysql.provisionSchema('secure');
    const plain = createConnection({
      host: '127.0.0.1',
      port: mysql.primary.port,
      user: app.user,
      password: app.password,
    });
    await expect(plain).rejects.toThrow(/secure transport|Access denied/);
    await expect(as(app).query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  test('the root account that initialisation leaves cannot log in', async () => {
    await expect(as({ user: 'root', password: '' }).query('SELECT 1')).rejects.toThrow('Access denied');
  });

  test('an app user has the rows of its schema, no tables, no other schema; the migrator has the tables', async () => {
    const { app, migration } = await mysql.provisionSchema('a_b');
    // In a grant the underscore of a_b would stand for any character.
    await mysql.provisionSchema('axb');
    await mysql.query('CREATE TABLE axb.t (id INT PRIMARY KEY)');
    await as(migration).query('CREATE TABLE a_b.t (id INT PRIMARY KEY, name TEXT)');
    await as(migration).query('ALTER TABLE a_b.t ADD KEY named (name(10))');
    await as(app).query("INSERT INTO a_b.t VALUES (1, '가')");
    expect(await as(app).query('SELECT name FROM a_b.t')).toEqual([{ name: '가' }]);
    await as(app).query('SHOW REPLICA STATUS');
    for (const sql of [
      'CREATE TABLE a_b.u (id INT)',
      'ALTER TABLE a_b.t ADD x INT',
      'DROP TABLE a_b.t',
      'TRUNCATE a_b.t',
    ]) {
      await expect(as(app).query(sql)).rejects.toThrow('denied');
    }
    for (const user of [app, migration]) {
      for (const sql of ['SELECT * FROM axb.t', 'SELECT * FROM mysql.user', 'SET GLOBAL super_read_only = ON']) {
        await expect(as(user).query(sql)).rejects.toThrow(/denied/);
      }
    }
  });

  test('provisioning again changes nothing and gives the same', async () => {
    const once = await mysql.provisionSchema('again');
    const [before] = await mysql.query("SHOW CREATE USER 'again_app'@'127.0.0.1'");
    expect(await mysql.provisionSchema('again')).toEqual(once);
    expect(await mysql.query("SHOW CREATE USER 'again_app'@'127.0.0.1'")).toEqual([before]);
  });

  test('a reader reads its schemas, here and on the replica, and writes nothing', async () => {
    await mysql.provisionSchema('read_me');
    await mysql.provisionSchema('not_me');
    await mysql.query('CREATE TABLE read_me.t (id INT PRIMARY KEY)');
    await mysql.query('CREATE TABLE not_me.t (id INT PRIMARY KEY)');
    const reader = await mysql.provisionReader('audit_reader', ['read_me']);
    await mysql.waitForReplica();
    expect(await as(reader).query('SELECT * FROM read_me.t')).toEqual([]);
    expect(await as(reader, replica).query('SELECT * FROM read_me.t')).toEqual([]);
    await expect(as(reader).query('INSERT INTO read_me.t VALUES (1)')).rejects.toThrow('denied');
    await expect(as(reader).query('SELECT * FROM not_me.t')).rejects.toThrow('denied');
  });
});

describe('who is primary', () => {
  test('a killed primary serves again and has what it acknowledged', async () => {
    await mysql.provisionSchema('survives');
    await mysql.query('CREATE TABLE survives.t (id INT PRIMARY KEY)');
    await mysql.query('INSERT INTO survives.t VALUES (1)');
    await mysql.primary.kill();
    await mysql.primary.restart();
    await mysql.query('INSERT INTO survives.t VALUES (2)');
    await mysql.waitForReplica();
    expect(await mysql.replicaQuery('SELECT COUNT(*) AS n FROM survives.t')).toEqual([{ n: 2 }]);
  }, 60_000);

  test('a deposed primary stays read-only, until it is named again', async () => {
    const named = await readFile(mysql.primaryFile, 'utf8');
    expect(named.trim()).toBe(mysql.primary.name);
    await writeFile(mysql.primaryFile, `${replica.name}\n`);
    await mysql.primary.kill();
    await mysql.primary.restart();
    await expect(mysql.query('CREATE DATABASE lost')).rejects.toThrow('super-read-only');
    await replica.restart();
    expect(await mysql.replicaQuery('SELECT @@super_read_only AS readOnly')).toEqual([{ readOnly: 0 }]);
    await writeFile(mysql.primaryFile, named);
    await replica.restart();
    await mysql.primary.restart();
    expect(await mysql.query('SELECT @@super_read_only AS readOnly')).toEqual([{ readOnly: 0 }]);
    // It is ended and started anew by who watches the file, too.
    await until('the other to be read-only again', async () => {
      const [row] = await mysql.replicaQuery('SELECT @@super_read_only AS readOnly').catch(() => []);
      return row?.readOnly === 1;
    });
  }, 60_000);
});
