import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalServer, startServers } from '@onsale/local-servers';

/** A Redis of a test's own, which the test may kill, pause and restart. */
export interface TestRedis {
  readonly server: LocalServer;
  readonly url: string;
  stop(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-redis-'));
  const servers = await startServers({ dataFolder, redis: true });
  if (servers.redis === undefined) throw new Error('no Redis was started');
  return {
    server: servers.redis,
    url: `redis://127.0.0.1:${servers.redis.port}`,
    stop: async () => {
      await servers.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
