import { databaseConfig, openDatabase, type Tx } from '@onsale/platform/database';
import { claimEvents, createBatchConsumer, createRelay, kafkaConfig, openKafka } from '@onsale/platform/messaging';
import { type ServiceDefinition, serviceConfig } from '@onsale/platform/service';
import { z } from 'zod';

export const countedTopic = 'things-counted';
export const countingGroup = 'counting';

const config = z.object({
  ...serviceConfig,
  ...databaseConfig,
  ...kafkaConfig,
  /** Who of the group this process is. */
  COUNTING_MEMBER: z.string(),
});

const numbered = z.object({ n: z.int() });

interface Numbered {
  readonly id: string;
  readonly key: string;
  readonly data: z.output<typeof numbered>;
}

/** The smallest service that sends and counts events: the parts `relay` and `counting`. */
export const countingService: ServiceDefinition<z.output<typeof config>> = {
  name: 'counting',
  config,
  async create({ config: { COUNTING_MEMBER: member, ...config }, log, metrics }) {
    const database = openDatabase({ config, log, metrics });
    const kafka = openKafka(config, log);
    const counting = createBatchConsumer<Numbered['data']>({
      kafka,
      log,
      metrics,
      group: countingGroup,
      topics: [countedTopic],
      part: 'counting',
      parse: ({ data }) => numbered.parse(data),
      handleBatch: async (events) => {
        await database.transaction('count', (tx) => count(tx, member, events));
      },
    });
    return {
      jobs: [createRelay({ database, kafka, log, metrics }), counting],
      close: () => database.close(),
    };
  },
};

/** What counting leaves behind, in one transaction with the inbox. */
export const countingTables = [
  `CREATE TABLE counts (
    message_key VARCHAR(100) COLLATE utf8mb4_0900_bin PRIMARY KEY,
    events INT NOT NULL
  )`,
  `CREATE TABLE arrivals (
    seq BIGINT AUTO_INCREMENT PRIMARY KEY,
    event_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARCHAR(100) COLLATE utf8mb4_0900_bin NOT NULL,
    n INT NOT NULL
  )`,
  `CREATE TABLE batches (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    member VARCHAR(20) NOT NULL,
    came INT NOT NULL,
    counted INT NOT NULL,
    at DATETIME(6) NOT NULL DEFAULT NOW(6)
  )`,
];

async function count(tx: Tx, member: string, events: readonly Numbered[]): Promise<void> {
  const fresh = await claimEvents(
    tx,
    countingGroup,
    events.map(({ id }) => id),
  );
  const first = events.filter(({ id }) => fresh.has(id));
  if (first.length > 0) {
    const byKey = Map.groupBy(first, ({ key }) => key);
    const keys = [...byKey.keys()].sort();
    await tx.change(
      `INSERT INTO counts (message_key, events) VALUES :rows AS more
         ON DUPLICATE KEY UPDATE events = counts.events + more.events`,
      { rows: keys.map((key) => [key, byKey.get(key)?.length ?? 0]) },
    );
    await tx.change('INSERT INTO arrivals (event_id, message_key, n) VALUES :rows', {
      rows: first.map(({ id, key, data }) => [id, key, data.n]),
    });
  }
  await tx.change('INSERT INTO batches (member, came, counted) VALUES (:member, :came, :counted)', {
    member,
    came: events.length,
    counted: first.length,
  });
}
