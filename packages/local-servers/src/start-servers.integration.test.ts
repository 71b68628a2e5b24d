import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { liveBrokers } from './kafka/live-brokers.ts';
import type { LocalServers } from './local-servers.ts';
import { ping } from './redis/ping.ts';
import type { StartOptions } from './start-options.ts';
import { startServers } from './start-servers.ts';
import { processesIn } from './testing/processes-in.ts';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts';

const limitMs = 180_000;
const everything = { mysql: { replica: true }, redis: true, kafka: { brokers: 3 } } as const;

describe('startServers', () => {
  const folders: TemporaryFolder[] = [];
  const running: LocalServers[] = [];

  async function newFolder(): Promise<string> {
    const folder = await temporaryFolder();
    folders.push(folder);
    return folder.path;
  }
  async function start(options: StartOptions): Promise<LocalServers> {
    const servers = await startServers(options);
    running.push(servers);
    return servers;
  }
  afterEach(async () => {
    await Promise.all(running.splice(0).map((servers) => servers.stop()));
    await Promise.all(folders.splice(0).map((folder) => folder.remove()));
  });

  test(
    'everything: starts, tells its steps, stops without a trace, and comes back with the same ports and data',
    async () => {
      const dataFolder = await newFolder();
      const lines: string[] = [];
      const first = await start({ ...everything, dataFolder, report: (line) => lines.push(line) });
      expect(lines).toEqual(expect.arrayContaining(['MySQL: starting mysql-1…', 'Kafka: starting 3 brokers…']));
      expect(processesIn(dataFolder)).toHaveLength(6);
      expect(await liveBrokers(first.kafka?.brokers[2]?.port ?? 0, 2_000)).toHaveLength(3);
      await first.mysql?.provisionSchema('commerce');
      await first.mysql?.query('CREATE TABLE commerce.kept (id INT PRIMARY KEY)');
      await first.mysql?.query('INSERT INTO commerce.kept VALUES (7)');
      const ports = portsOf(first);
      await first.stop();
      expect(processesIn(dataFolder)).toEqual([]);
      expect(await readdir(`${dataFolder}/processes`)).toEqual([]);

      const second = await start({ ...everything, dataFolder });
      expect(portsOf(second)).toEqual(ports);
      expect(await second.mysql?.query('SELECT id FROM commerce.kept')).toEqual([{ id: 7 }]);
      await second.mysql?.waitForReplica();
      expect(await second.mysql?.replicaQuery('SELECT id FROM commerce.kept')).toEqual([{ id: 7 }]);
    },
    limitMs,
  );

  test(
    'side by side: own ports, own data',
    async () => {
      const [one, two] = await Promise.all([
        start({ dataFolder: await newFolder(), mysql: { replica: false }, redis: { instances: 3 } }),
        start({ dataFolder: await newFolder(), mysql: { replica: false }, redis: { instances: 2 } }),
      ]);
      const ports = [...portsOf(one), ...portsOf(two)];
      expect(new Set(ports).size).toBe(7);
      await one.mysql?.provisionSchema('only_here');
      expect(await two.mysql?.query("SHOW DATABASES LIKE 'only\\_here'")).toEqual([]);
    },
    limitMs,
  );

  test(
    'a server can be killed, paused, resumed and restarted',
    async () => {
      const { redis } = await start({ dataFolder: await newFolder(), redis: true });
      if (!redis) throw new Error('no Redis');
      await redis.kill();
      expect(redis.pid).toBeUndefined();
      await expect(ping(redis.port, 500)).rejects.toThrow();
      await redis.restart();
      await ping(redis.port, 500);
      await redis.pause();
      await expect(ping(redis.port, 300)).rejects.toThrow('no answer');
      await redis.resume();
      await ping(redis.port, 500);
      await redis.pause();
      await redis.restart();
      await ping(redis.port, 500);
    },
    limitMs,
  );
});

function portsOf(servers: LocalServers): number[] {
  const { mysql, redisInstances, kafka } = servers;
  const all = [mysql?.primary, mysql?.replica, ...redisInstances, ...(kafka?.brokers ?? [])];
  return all.flatMap((server) => (server ? [server.port] : []));
}
