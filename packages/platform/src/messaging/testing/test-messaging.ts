import { randomUUID } from 'node:crypto';
import { sharedServers } from '@onsale/tests/support';
import type { Admin } from 'kafkajs';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Job } from '../../service/service-definition.ts';
import { startJobs } from '../../service/start-jobs.ts';
import type { Event } from '../event.ts';
import { type KafkaConnection, openKafka } from '../kafka/open-kafka.ts';
import { ensureTopics } from '../topics/ensure-topics.ts';

export const silent = pino({ level: 'silent' });

export interface TestMessaging {
  readonly kafka: KafkaConnection;
  /** Another client, as another process would have it. */
  again(): KafkaConnection;
  readonly topic: string;
  readonly admin: Admin;
  /** Runs a job as a service would, until the end of the test or until the returned function is called. */
  start(job: Job): () => Promise<void>;
  close(): Promise<void>;
}

/** The shared brokers with a topic of the test's own. */
export async function testMessaging(partitions: number): Promise<TestMessaging> {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const open = () =>
    openKafka({ KAFKA_BROKERS: sharedServers().brokers.join(','), KAFKA_TOPIC_PREFIX: prefix }, silent);
  const kafka = open();
  const topic = 'things-happened';
  await ensureTopics(kafka, [{ name: topic, partitions, replication: 3, minInSync: 2 }]);
  const admin = kafka.client.admin();
  await admin.connect();
  const stops = new Set<() => Promise<void>>();
  return {
    kafka,
    again: open,
    topic,
    admin,
    start(job) {
      const { stop: end } = startJobs([job], { log: silent, metrics: new Registry() });
      const stop = async () => {
        stops.delete(stop);
        await end();
      };
      stops.add(stop);
      return stop;
    },
    close: async () => {
      await Promise.all([...stops].map((stop) => stop()));
      const names = await admin.listTopics();
      await admin.deleteTopics({ topics: names.filter((name) => name.startsWith(prefix)) });
      await admin.disconnect();
    },
  };
}

export function event(topic: string, key: string, data: object): Event {
  return { id: randomUUID(), type: 'thing-happened', source: 'tests', topic, key, time: new Date(), data };
}
