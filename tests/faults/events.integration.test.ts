import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database, databaseConfig, openDatabase } from '@onsale/platform/database';
import { deadLetterTopicOf, ensureTopics, groupLag, type KafkaConnection, openKafka } from '@onsale/platform/messaging';
import { type RunningService, startService } from '@onsale/platform/service';
import { createLogger } from '@onsale/platform/telemetry';
import { type FreshSchema, freshSchema, type RunningCommand, startCommand, until } from '@onsale/tests/support';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { countedEvents } from './events/counted-events.ts';
import { countedTopic, countingGroup, countingService, countingTables } from './events/counting-service.ts';
import { type EventWriter, startWriting } from './events/event-writer.ts';
import { leaderOf, type ProxiedKafka, startProxiedKafka, untilInSync } from './events/proxied-kafka.ts';
import { type Relays, startRelays } from './events/relay-faults.ts';

const leastEvents = 100_000;
const log = createLogger({ name: 'test', level: 'silent' });

let brokers: ProxiedKafka;
let schema: FreshSchema;
let database: Database;
let kafka: KafkaConnection;
let env: Record<string, string>;
let first: RunningService | undefined;
let second: RunningCommand | undefined;
let relays: Relays | undefined;
let writer: EventWriter | undefined;

beforeAll(async () => {
  [brokers, schema] = await Promise.all([startProxiedKafka(), freshSchema('events')]);
  env = { ...schema.env, KAFKA_BROKERS: brokers.bootstrap, KAFKA_TOPIC_PREFIX: 'faults.', LOG_LEVEL: 'warn' };
  const config = z.object(databaseConfig).parse(env);
  database = openDatabase({ config, log, metrics: new Registry() });
  await database.migrate();
  for (const table of countingTables) await schema.admin.query(table);
  kafka = openKafka({ KAFKA_BROKERS: brokers.bootstrap, KAFKA_TOPIC_PREFIX: 'faults.' }, log);
  const topics = [countedTopic, deadLetterTopicOf(countedTopic)];
  await ensureTopics(
    kafka,
    topics.map((name) => ({ name, partitions: 6, replication: 3, minInSync: 2 })),
  );
}, 120_000);

afterAll(async () => {
  await writer?.stop();
  second?.process.kill('SIGKILL');
  await Promise.all([relays?.stop(), first?.stop()]);
  await database?.close();
  await brokers?.stop();
  await schema?.close();
}, 120_000);

const startPart = (part: string, member: string): RunningCommand =>
  startCommand('tests/faults/events/main.ts', ['--parts', part], { ...env, COUNTING_MEMBER: member });

interface Fault {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The longest time within the fault in which nothing was counted. */
function stall({ from, to }: Fault, moments: readonly number[]): number {
  const marks = [from, ...moments.filter((at) => at > from && at < to), to];
  return marks.reduce((longest, at, index) => Math.max(longest, at - (marks[index - 1] ?? at)), 0);
}

/** Log lines of several processes, one after the other. */
const byTime = (one: string, other: string) => timeOf(one).localeCompare(timeOf(other));
const timeOf = (line: string) => /"time":"([^"]+)"/.exec(line)?.[1] ?? '';

test('every committed event has its effect once and in its order, whatever is killed meanwhile', async () => {
  const counted = countedEvents(schema);
  const topic = kafka.nameOf(countedTopic);
  const faults: Fault[] = [];
  /** What the first consumer said. */
  const heard: string[] = [];
  let brokersKilled = 0;
  const swallowed = () => brokers.proxies.reduce((sum, proxy) => sum + proxy.swallowed, 0);
  /** Begins and ends with events that flow. */
  const fault = async (name: string, happens: () => Promise<void>) => {
    await counted.untilMore(`before ${name}`);
    const from = Date.now();
    try {
      await happens();
      await counted.untilMore(`after ${name}`);
    } catch (error) {
      const lines = [...heard, ...(relays?.output() ?? '').split('\n'), ...(second?.output() ?? '').split('\n')];
      const about = `${name}; ${await counted.unsent()} not sent, ${writer?.count()} committed`;
      throw new Error(
        `${about}\n${lines
          .filter((line) => line !== '')
          .sort(byTime)
          .slice(-60)
          .join('\n')}`,
        { cause: error },
      );
    }
    faults.push({ name, from, to: Date.now() });
  };
  const nothing = async (): Promise<void> => undefined;
  const killBroker = (index: number, { before = nothing, meanwhile = nothing }) =>
    fault(`broker ${index + 1} is killed`, async () => {
      const broker = brokers.brokers[index];
      await untilInSync(kafka, [topic, '__consumer_offsets']);
      await before();
      await broker?.kill();
      brokersKilled += 1;
      await meanwhile();
      await counted.untilHandled('all to be handled with two brokers');
      await broker?.restart();
      await untilInSync(kafka, [topic, '__consumer_offsets']);
    });
  const swallowSome = async (what: string, count: number, swallow: () => void) => {
    const before = swallowed();
    swallow();
    await until(what, async () => swallowed() >= before + count, 30_000);
    for (const proxy of brokers.proxies) proxy.swallowNoMore();
  };

  first = await startService(countingService, {
    env: { ...env, COUNTING_MEMBER: 'first' },
    parts: ['counting'],
    logDestination: { write: (line) => heard.push(line.trim()) },
  });
  const running = await startRelays(schema, () => startPart('relay', 'relay'));
  relays = running;
  const writing = startWriting(database);
  writer = writing;

  await fault('one of several answers is swallowed', async () => {
    const leader = await leaderOf(kafka, topic, 0);
    await swallowSome('an answer to be swallowed', 1, () => brokers.proxies[leader]?.swallowProduceAnswers(1));
    await counted.untilHandled('all to be handled after an answer was swallowed');
  });
  await fault('the connection of the leading relay is killed', running.killConnection);
  await killBroker(0, {
    // What it led goes to brokers that have answered for their own part of the same send.
    before: () => swallowSome('an answer to be swallowed', 1, () => brokers.proxies[0]?.swallowProduceAnswers(1)),
    // The new ones have this broker first on their lists.
    meanwhile: running.killProcesses,
  });
  await fault('a second consumer joins', async () => {
    const member = startPart('counting', 'second');
    second = member;
    await until(
      'the second consumer to count',
      async () => {
        if (member.process.exitCode !== null) throw new Error(member.output());
        return (await counted.sums('second')).counted > 0;
      },
      60_000,
    );
  });
  await fault('answers are swallowed, connections cut and the lead lost', async () => {
    await swallowSome('answers to be swallowed', 3, () => {
      for (const proxy of brokers.proxies) proxy.swallowProduceAnswers(3, { cut: true });
    });
    await running.killConnection();
    for (const proxy of brokers.proxies) proxy.cutConnections();
  });
  await killBroker(1, {});
  await fault('the second consumer is killed', async () => {
    second?.process.kill('SIGKILL');
    expect(await second?.ended).toBeNull();
    await counted.untilHandled('the first consumer to have taken over');
  });
  await killBroker(2, { meanwhile: running.killConnection });
  await fault('answers are swallowed and the relays killed', async () => {
    await swallowSome('answers to be swallowed', 3, () => {
      for (const proxy of brokers.proxies) proxy.swallowProduceAnswers(3, { cut: true });
    });
    await running.killProcesses();
  });

  const { committed, rolledBack, late } = await writing.finish(leastEvents);
  const keyOf = new Map([...committed].flatMap(([key, ids]) => ids.map((id) => [id, key])));
  await until('every event to be counted', async () => (await counted.sums()).counted >= keyOf.size, 180_000);
  await until('every row to be marked', async () => (await counted.unsent()) === 0, 60_000);
  // What was sent twice has all come by then, too.
  const lag = () => groupLag(kafka, countingGroup, [countedTopic], { timeoutMs: 10_000 });
  await until('the consumers to have read all', async () => (await lag()) === 0, 60_000);

  const arrivals = await counted.arrivals();
  const arrived = new Set(arrivals.map(({ id }) => id));
  const some = (ids: Iterable<string>, wrong: (id: string) => boolean) => [...ids].filter(wrong).slice(0, 5);
  expect(some(keyOf.keys(), (id) => !arrived.has(id))).toEqual([]);
  expect(some(arrived, (id) => !keyOf.has(id))).toEqual([]);
  expect(some(rolledBack, (id) => arrived.has(id))).toEqual([]);
  expect(arrivals.length).toBe(keyOf.size);
  for (const [key, ofKey] of Map.groupBy(arrivals, ({ key }) => key)) {
    expect(ofKey.map(({ id }) => id)).toEqual(committed.get(key));
  }
  const sizes = new Map([...committed].map(([key, ids]) => [key, ids.length]));
  expect(await counted.countsByKey()).toEqual(sizes);
  expect(await counted.inbox()).toBe(keyOf.size);
  expect(await counted.outbox()).toBe(keyOf.size);

  // All of this is worth something only if it happened.
  expect(keyOf.size).toBeGreaterThanOrEqual(leastEvents);
  expect(committed.size).toBe(500);
  expect(rolledBack.size).toBeGreaterThan(0);
  expect(late).toBeGreaterThan(0);
  expect(brokersKilled).toBe(3);
  expect(running.connectionsKilled).toBe(3);
  expect(running.processesKilled).toBe(4);
  expect(swallowed()).toBeGreaterThanOrEqual(8);
  const { came, counted: once } = await counted.sums();
  expect(once).toBe(keyOf.size);

  const moments = await counted.moments();
  const lines = faults.map((each) => `  ${each.name}: nothing counted for ${stall(each, moments)} ms at most`);
  const failedSends = running.output().split('could not be sent').length - 1;
  const totals = `${keyOf.size} events, ${rolledBack.size} rolled back, ${late} late transactions, ${came - once} repeats, ${swallowed()} answers swallowed, ${failedSends} sends failed`;
  process.stderr.write(`${totals}\n${lines.join('\n')}\n`);
}, 600_000);
