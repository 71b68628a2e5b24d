import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalServer, startServers } from '@onsale/local-servers';
import type { KafkaConnection } from '@onsale/platform/messaging';
import { type KafkaProxy, startKafkaProxy, until } from '@onsale/tests/support';

/** Three brokers of a test's own, each reached through a wire of its own. */
export interface ProxiedKafka {
  readonly brokers: readonly LocalServer[];
  readonly proxies: readonly KafkaProxy[];
  /** Where clients begin: the wires, not the brokers. */
  readonly bootstrap: string;
  stop(): Promise<void>;
}

export async function startProxiedKafka(): Promise<ProxiedKafka> {
  const proxies = await Promise.all([startKafkaProxy(), startKafkaProxy(), startKafkaProxy()]);
  const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-events-'));
  const advertisedPorts = proxies.map(({ port }) => port);
  const servers = await startServers({ dataFolder, kafka: { brokers: 3, advertisedPorts } });
  const brokers = servers.kafka?.brokers ?? [];
  for (const [index, proxy] of proxies.entries()) proxy.connectTo(brokers[index]?.port ?? 0);
  return {
    brokers,
    proxies,
    bootstrap: advertisedPorts.map((port) => `127.0.0.1:${port}`).join(','),
    stop: async () => {
      await servers.stop();
      await Promise.all(proxies.map((proxy) => proxy.close()));
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Waits until every partition of these topics has all of its three copies in sync. Names are the brokers' own. */
export async function untilInSync(kafka: KafkaConnection, topics: readonly string[]): Promise<void> {
  const admin = kafka.client.admin();
  await admin.connect();
  try {
    let last: unknown;
    const inSync = async (): Promise<boolean> => {
      try {
        const metadata = await admin.fetchTopicMetadata({ topics: [...topics] });
        return metadata.topics.every(({ partitions }) => partitions.every(({ isr }) => isr.length === 3));
      } catch (error) {
        // The brokers are about to agree on who leads.
        last = error;
        return false;
      }
    };
    await until('all copies to be in sync', inSync, 60_000).catch((error: unknown) => {
      throw new Error(String(error), { cause: last });
    });
  } finally {
    await admin.disconnect();
  }
}

/** The index of the broker that leads a partition. */
export async function leaderOf(kafka: KafkaConnection, topic: string, partition: number): Promise<number> {
  const admin = kafka.client.admin();
  await admin.connect();
  try {
    const metadata = await admin.fetchTopicMetadata({ topics: [topic] });
    const found = metadata.topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
    if (found === undefined) throw new Error(`no partition ${partition}`);
    return found.leader - 1;
  } finally {
    await admin.disconnect();
  }
}
