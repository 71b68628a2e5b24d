import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failoverEnvironment } from '@onsale/local';
import { type LocalServer, type Row, startServers } from '@onsale/local-servers';
import { type Database, databaseConfig, openDatabase } from '@onsale/platform/database';
import { createAcknowledgedWrites, openRedis, redisReady } from '@onsale/platform/redis';
import { freshSchemaOn, until } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import type { Failover } from '../failover.ts';
import { failoverConfig } from '../failover-config.ts';
import { openFailover } from '../open-failover.ts';

export interface Member {
  readonly server: LocalServer;
  query(sql: string): Promise<Row[]>;
}

/** A MySQL pair and a Redis of the test's own, with a database whose commits are noted as a service's are. */
export interface FailoverWorld {
  readonly redis: LocalServer;
  readonly database: Database;
  /** The environment of the command. */
  readonly env: Readonly<Record<string, string>>;
  /** Who is named primary, and the other one. */
  roles(): Promise<{ primary: Member; other: Member }>;
  /** Runs the work with what the command has, and with what it said. */
  failover<T>(work: (failover: Failover, said: readonly string[]) => Promise<T>): Promise<T>;
  emptyRedis(): Promise<void>;
  /** Starts a server again, from nothing if asked, and waits until it acknowledges the commits of the primary. */
  bringBack(member: Member, data: 'kept' | 'removed'): Promise<void>;
  /** Commits one row; resolves when it is acknowledged. */
  write(id: number): Promise<void>;
  ids(): Promise<number[]>;
  stop(): Promise<void>;
}

const silent = pino({ level: 'silent' });

export async function failoverWorld(): Promise<FailoverWorld> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-failover-'));
  const servers = await startServers({ dataFolder, mysql: { replica: true, durability: 'relaxed' }, redis: true });
  const { mysql, redis: redisServer } = servers;
  if (mysql?.replica === undefined || redisServer === undefined) throw new Error('not all servers were started');
  const url = `redis://127.0.0.1:${redisServer.port}`;
  const redis = openRedis({ url, name: 'test', log: silent });
  await redisReady(redis, 5_000);
  const schema = await freshSchemaOn(mysql, 'failover');
  const database = openDatabase({
    config: z.object(databaseConfig).parse({ ...schema.env, DB_ACQUIRE_TIMEOUT_MS: '2000' }),
    log: silent,
    metrics: new Registry(),
    acknowledged: createAcknowledgedWrites(redis),
  });
  await database.migrate();
  await schema.admin.query('CREATE TABLE things (id INT PRIMARY KEY)');
  await mysql.waitForReplica();
  const env = { ...failoverEnvironment(mysql, { redisPort: redisServer.port }), FAILOVER_WAIT_SECONDS: '20' };
  const members: Member[] = [
    { server: mysql.primary, query: (sql) => mysql.query(sql) },
    { server: mysql.replica, query: (sql) => mysql.replicaQuery(sql) },
  ];

  const failover: FailoverWorld['failover'] = async (work) => {
    const said: string[] = [];
    const opened = openFailover(failoverConfig.parse(env), (line) => said.push(line), silent);
    try {
      await redisReady(opened.redis, 1_000);
      return await work(opened.failover, said);
    } finally {
      await opened.close();
    }
  };
  const roles: FailoverWorld['roles'] = () =>
    failover(async ({ topology }) => {
      const { primary: named } = await topology.read();
      const primary = members.find(({ server }) => server.name === named);
      const other = members.find(({ server }) => server.name !== named);
      if (primary === undefined || other === undefined) throw new Error(`${named} is named`);
      return { primary, other };
    });

  return {
    redis: redisServer,
    database,
    env,
    roles,
    failover,
    emptyRedis: async () => {
      await redis.flushall();
    },
    async bringBack({ server, query }, data) {
      await server.kill();
      if (data === 'removed') rmSync(join(dataFolder, server.name), { recursive: true });
      await server.restart();
      const { primary } = await roles();
      await until(
        'the server to follow',
        async () => (await query('SHOW REPLICA STATUS'))[0]?.Replica_IO_Running === 'Yes',
      );
      const acknowledging = "SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source_status'";
      await until('commits to be acknowledged', async () => (await primary.query(acknowledging))[0]?.Value === 'ON');
    },
    async write(id) {
      await database.transaction('write', (tx) => tx.change('INSERT INTO things VALUES (:id)', { id }));
    },
    async ids() {
      const rows = await database.readPrimary((reading) => reading.rows<{ id: number }>('SELECT id FROM things'));
      return rows.map(({ id }) => id);
    },
    async stop() {
      await database.close();
      redis.disconnect();
      await schema.admin.end();
      await servers.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
