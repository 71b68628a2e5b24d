import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseConfig, openDatabase } from '@onsale/platform/database';
import {
  deadLetterTopicOf,
  ensureTopics,
  type KafkaConnection,
  openKafka,
  writeOutbox,
} from '@onsale/platform/messaging';
import { type FreshSchema, finish, freshSchema, sharedServers, startCommand } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';

const silent = pino({ level: 'silent' });
const topic = 'things-happened';
let kafka: KafkaConnection;
let kafkaEnv: Record<string, string>;
let schema: FreshSchema;

beforeAll(async () => {
  kafkaEnv = {
    KAFKA_BROKERS: sharedServers().brokers.join(','),
    KAFKA_TOPIC_PREFIX: `test-${randomUUID().slice(0, 8)}-`,
  };
  kafka = openKafka(
    { KAFKA_BROKERS: kafkaEnv.KAFKA_BROKERS ?? '', KAFKA_TOPIC_PREFIX: kafkaEnv.KAFKA_TOPIC_PREFIX ?? '' },
    silent,
  );
  await ensureTopics(
    kafka,
    [topic, deadLetterTopicOf(topic)].map((name) => ({
      name,
      partitions: 1,
      replication: 3,
      minInSync: 2,
      retentionDays: 1,
    })),
  );
  const producer = kafka.client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({
    topic: kafka.nameOf(deadLetterTopicOf(topic)),
    messages: ['e-1', 'e-2', 'e-3'].map((id) => ({
      key: 'k',
      value: JSON.stringify({ id }),
      headers: {
        ce_id: id,
        'dlq-topic': topic,
        'dlq-group': 'bestseller',
        'dlq-error': 'no such thing',
        'dlq-error-name': 'TypeError',
        'dlq-attempts': '5',
        'dlq-failed-at': '2026-01-31T09:00:05.000Z',
      },
    })),
  });
  await producer.disconnect();
  schema = await freshSchema('operations');
  const config = z.object(databaseConfig).parse(schema.env);
  const database = openDatabase({ config, log: silent, metrics: new Registry() });
  await database.migrate();
  const event = (n: number) => ({
    id: randomUUID(),
    type: 'thing-happened',
    source: 'tests',
    topic,
    key: 'k',
    time: new Date(),
    data: { n },
  });
  await database.transaction('write', (tx) => writeOutbox(tx, [1, 2, 3, 4].map(event)));
  await database.close();
  await schema.admin.query('UPDATE outbox SET sent_at = NOW(6)');
});

afterAll(async () => {
  await schema?.close();
  const admin = kafka.client.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic, deadLetterTopicOf(topic)].map(kafka.nameOf) });
  await admin.disconnect();
});

const deadLetters = (line: string, env = kafkaEnv) =>
  finish(startCommand('operations/src/dead-letters.ts', line.split(' '), env), 40_000);
const republish = (line: string, env: Record<string, string> = { ...schema.env }) =>
  finish(startCommand('operations/src/republish.ts', line.split(' '), env), 40_000);

describe('npm run dead-letters', () => {
  test('lists none where there are none, which is no failure', async () => {
    const nothing = { ...kafkaEnv, KAFKA_TOPIC_PREFIX: `test-${randomUUID()}-` };
    expect(await deadLetters('list', nothing)).toEqual({ code: 0, output: 'no dead letters\n' });
  });

  test('lists, shows and replays', async () => {
    const listed = await deadLetters('list');
    expect(listed.output.split('\n')).toEqual([
      ...[0, 1, 2].map(
        (offset) => `${topic}  0:${offset}  2026-01-31T09:00:05.000Z  bestseller  5 attempts  TypeError: no such thing`,
      ),
      '3 dead letters',
      '',
    ]);
    expect(listed.code).toBe(0);

    const shown = await deadLetters(`show ${topic} 0 1`);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.output).toContain('ce_id: e-2\n');
    expect(shown.output).toContain('{\n  "id": "e-2"\n}\n');

    expect(await deadLetters(`replay ${topic} --event e-2`)).toEqual({
      code: 0,
      output: `${topic} 0:1 sent to bestseller, event e-2\n1 dead letter replayed\n`,
    });
    expect(await deadLetters(`replay ${topic} --all`)).toEqual({
      code: 0,
      output: `${topic} 0:0 sent to bestseller, event e-1\n${topic} 0:2 sent to bestseller, event e-3\n2 dead letters replayed\n`,
    });
    expect(await deadLetters(`replay ${topic} --all`)).toEqual({ code: 1, output: 'no such dead letter\n' });
    expect((await deadLetters(`list --topic ${topic}`)).output).toMatch(/3 dead letters, 3 replayed\n$/);
    expect((await deadLetters(`replay ${topic} --all --again`)).output).toMatch(/\n3 dead letters replayed\n$/);
  });

  test.each([
    ['an argument it does not know', 'lsit', /^dead-letters: there is no lsit; usage: .*\n$/, {}],
    ['a topic that is not there', 'list --topic nothing', /^dead-letters: nothing has no dead letters; .*\n$/, {}],
    ['brokers that are away', 'list', /^dead-letters: Kafka .*ECONNREFUSED.*\n$/, { KAFKA_BROKERS: '127.0.0.1:1' }],
    ['brokers that are no brokers', 'list', /^dead-letters: KAFKA_BROKERS: .*\n$/, { KAFKA_BROKERS: 'x' }],
  ])('ends with 2 and one line on %s', async (_, line, output, env) => {
    const ended = await deadLetters(line, { ...kafkaEnv, ...env });
    expect(ended.output).toMatch(output);
    expect(ended.code).toBe(2);
  });

  test('tells how it is used', async () => {
    const { code, output } = await deadLetters('--help');
    expect(code).toBe(0);
    expect(output).toMatch(/^usage: npm run dead-letters/);
  });
});

describe('npm run republish', () => {
  const unsent = async (): Promise<unknown> => {
    const [rows] = await schema.admin.query("SELECT data->'$.n' AS n FROM outbox WHERE sent_at IS NULL ORDER BY id");
    return Array.isArray(rows) ? rows.map((row) => Reflect.get(row, 'n')) : rows;
  };

  test('marks the events of the range as unsent, and says how many', async () => {
    const [rows] = await schema.admin.query("SELECT id FROM outbox WHERE data->'$.n' IN (2, 3) ORDER BY id");
    const [from, to] = Array.isArray(rows) ? rows.map((row) => Reflect.get(row, 'id')) : [];
    const line = `--schema ${schema.name} --from-id ${from} --to-id ${to}`;
    expect(await republish(`${line} --dry-run`)).toEqual({
      code: 0,
      output: `2 events of ${schema.name} would be sent again\n`,
    });
    expect(await unsent()).toEqual([]);
    const { code, output } = await republish(line);
    expect({ code, output }).toEqual({
      code: 0,
      output: `2 events of ${schema.name} will be sent again by the relay, the oldest first\n`,
    });
    expect(await unsent()).toEqual([2, 3]);
    expect(await republish(line)).toMatchObject({ code: 1, output: expect.stringMatching(/^0 events .*\n.* 7 days/) });
  });

  test.each([
    ['a range without end', '--from-id 1', /^republish: the range needs both ends: .*\n$/, {}],
    ['an empty range', '--from-id 2 --to-id 1', /^republish: The range is empty.\n$/, {}],
    [
      'another schema than its own',
      '--schema auth --from-id 1 --to-id 2',
      /^republish: DB_NAME is .*, not auth\n$/,
      {},
    ],
    ['a server that is away', '--from-id 1 --to-id 2', /^republish: .*ECONNREFUSED.*\n$/, { DB_PORT: '1' }],
  ])('ends with 2 and one line on %s', async (_, line, output, env) => {
    const ended = await republish(line, { ...schema.env, ...env });
    expect(ended.output).toMatch(output);
    expect(ended.code).toBe(2);
  });
});
