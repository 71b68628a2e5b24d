import { existsSync } from 'node:fs';
import { createSigningKeys } from '@onsale/auth/keys';
import {
  type DatabaseUser,
  type LocalServers,
  type MysqlPair,
  type ServerPorts,
  startServers,
} from '@onsale/local-servers';
import type { DataFolder } from '../data-folder.ts';
import { ensureDataPlatformKey } from './data-platform-key.ts';
import type { Backing } from './topology.ts';

export interface StartBacking {
  readonly folder: DataFolder;
  readonly ports?: ServerPorts;
  readonly advertisedBrokerPorts?: readonly number[];
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

export interface StartedBacking {
  readonly servers: LocalServers;
  readonly mysql: MysqlPair;
  readonly backing: Backing;
  /** May read what the audit reads, and change nothing. */
  readonly auditor: DatabaseUser;
}

async function provision(folder: DataFolder, servers: LocalServers): Promise<Omit<StartedBacking, 'servers'>> {
  const { mysql, redis, kafka } = servers;
  if (!mysql?.replica || !redis || !kafka) throw new Error('a server that was asked for was not started');
  const [auth, commerce, data_platform] = await Promise.all([
    mysql.provisionSchema('auth'),
    mysql.provisionSchema('commerce'),
    mysql.provisionSchema('data_platform'),
  ]);
  const auditor = await mysql.provisionReader('auditor', [auth.database, commerce.database]);
  const backing: Backing = {
    mysql: { primaryPort: mysql.primary.port, replicaPort: mysql.replica.port, caFile: mysql.caFile },
    schemas: { auth, commerce, data_platform },
    redisPort: redis.port,
    brokers: kafka.bootstrap,
    signingKeysFile: folder.signingKeys,
    dataPlatformKey: ensureDataPlatformKey(folder.dataPlatformKey),
  };
  return { mysql, backing, auditor };
}

/** Starts MySQL, Redis and Kafka with their data in this folder, makes schemas with their users, and the signing keys. */
export async function startBacking(options: StartBacking): Promise<StartedBacking> {
  const { folder, ports, advertisedBrokerPorts: advertisedPorts, signal, report } = options;
  if (!existsSync(folder.signingKeys)) await createSigningKeys(folder.signingKeys, new Date());
  const servers = await startServers({
    dataFolder: folder.servers,
    mysql: { replica: true },
    redis: true,
    kafka: { brokers: 3, ...(advertisedPorts && { advertisedPorts }) },
    signal,
    report,
    ...(ports && { ports }),
  });
  try {
    return { servers, ...(await provision(folder, servers)) };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
