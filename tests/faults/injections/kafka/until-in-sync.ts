import { kafkaConfig, openKafka } from '@onsale/platform/messaging';
import { createLogger } from '@onsale/platform/telemetry';
import { z } from 'zod';
import { untilHealed } from '../heal.ts';

/** Resolves when every partition of every topic has all of its copies in sync, the brokers' own topics included. */
export async function untilInSync(bootstrap: readonly string[]): Promise<void> {
  const log = createLogger({ name: 'faults', level: 'silent' });
  const { client } = openKafka(z.object(kafkaConfig).parse({ KAFKA_BROKERS: bootstrap.join(',') }), log);
  await untilHealed('all copies', async () => {
    const admin = client.admin();
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata();
      const behind = topics.flatMap(({ name, partitions }) =>
        partitions
          .filter(({ isr, replicas }) => isr.length < replicas.length)
          .map((one) => `${name}/${one.partitionId}`),
      );
      if (behind.length > 0) throw new Error(`copies are missing of ${behind.join(', ')}`);
    } finally {
      await admin.disconnect();
    }
  });
}
