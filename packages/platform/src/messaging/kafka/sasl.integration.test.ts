import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalServers, type LoginPorts, startServers } from '@onsale/local-servers';
import { createLogger } from '../../telemetry/create-logger.ts';
import { ensureTopics } from '../topics/ensure-topics.ts';
import { readTopics } from '../topics/read-topics.ts';
import { createSender } from './create-sender.ts';
import { type KafkaConfig, saslMechanisms } from './kafka-config.ts';
import { openKafka } from './open-kafka.ts';

const login = { user: 'onsale', password: String.raw`it's a pass=word \n #%` };
let folder: string;
let servers: LocalServers;
let ports: LoginPorts;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-kafka-'));
  servers = await startServers({ dataFolder: folder, kafka: { brokers: 1, login } });
  if (servers.kafka?.login === undefined) throw new Error('no broker that asks for a login');
  ports = servers.kafka.login;
}, 120_000);
afterAll(async () => {
  await servers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open(over: 'plain' | 'tls', user: Partial<KafkaConfig>) {
  const lines: string[] = [];
  const log = createLogger({ name: 'test', level: 'trace', destination: { write: (line) => void lines.push(line) } });
  const kafka = openKafka(
    {
      KAFKA_BROKERS: ports[over].join(','),
      KAFKA_TOPIC_PREFIX: '',
      ...(over === 'tls' && { KAFKA_CA_FILE: ports.caFile }),
      ...user,
    },
    log,
  );
  return { kafka, lines };
}

describe.each(['plain', 'tls'] as const)('brokers that ask for a login, on a wire that is %s', (over) => {
  test.each(saslMechanisms)('let in by %s', async (mechanism) => {
    const { kafka, lines } = open(over, {
      KAFKA_SASL_MECHANISM: mechanism,
      KAFKA_USERNAME: login.user,
      KAFKA_PASSWORD: login.password,
    });
    const name = `${over}-${mechanism}`;
    await ensureTopics(kafka, [{ name, partitions: 1, replication: 1, minInSync: 1 }]);
    const sender = createSender(kafka);
    await sender.send([{ topic: name, key: 'k', value: 'told' }]);
    await sender.close();
    const read: (string | null)[] = [];
    await readTopics(kafka, [name], ({ value }) => void read.push(value), { timeoutMs: 20_000 });
    expect(read).toEqual(['told']);
    expect(lines.join('')).not.toContain('pass=word');
  });

  test.each([
    ['nobody', {}],
    [
      'a wrong password',
      { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: login.user, KAFKA_PASSWORD: 'secret-guess' },
    ],
  ] as const)('refuse %s', async (_, user) => {
    const { kafka, lines } = open(over, user);
    const admin = kafka.client.admin();
    // Who they are with is asked at the first request, not at the connection.
    await expect(admin.connect().then(() => admin.listTopics())).rejects.toThrow();
    await admin.disconnect();
    expect(lines.join('')).not.toContain('secret-guess');
  });
});
