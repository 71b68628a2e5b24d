import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServers } from '@onsale/local-servers';
import { databaseConfig, openDatabase } from '@onsale/platform/database';
import { createRelay, openKafka } from '@onsale/platform/messaging';
import { createLogger } from '@onsale/platform/telemetry';
import { finish, freshSchemaOn, startCommand, until } from '@onsale/tests/support';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { watchHandled } from './events/handled-clock.ts';
import { fillOutbox } from './events/order-events.ts';
import { completeSteadily } from './events/steady-orders.ts';

// The way of an order's event: outbox → relay → Kafka → the bestsellers' statistics. First at a steady rate, then a
// backlog that gathered while relay and consumer were down.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1000' },
  },
});
const backlog = Number(values.events);
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const consumer = 'bestseller';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-bench-'));
const servers = await startServers({
  dataFolder,
  mysql: { replica: true },
  redis: true,
  kafka: { brokers: 3 },
  report: (line) => console.log(line),
});
const { mysql, redis, kafka: brokers } = servers;
if (!mysql || !redis || !brokers) throw new Error('not all servers were started');
const schema = await freshSchemaOn(mysql, 'commerce');
const redisUrl = `redis://127.0.0.1:${redis.port}`;
const kafkaEnv = { KAFKA_BROKERS: brokers.bootstrap.join(','), KAFKA_TOPIC_PREFIX: '' };
const env = { ...schema.env, ...kafkaEnv, REDIS_LOCK_URL: redisUrl, REDIS_CACHE_URL: redisUrl, LOG_LEVEL: 'error' };

const log = createLogger({ name: 'benchmark', level: 'error' });
const metrics = new Registry();
const database = openDatabase({ config: z.object(databaseConfig).parse(env), log, metrics });
const bestseller = (parts: string) => startCommand('services/bestseller/src/main.ts', ['--parts', parts], env);

const counted = z.tuple([z.object({ count: z.coerce.number() })]);
const count = async (from: string): Promise<number> => {
  const [rows] = await schema.admin.query(`SELECT COUNT(*) AS count FROM ${from}`);
  return counted.parse(rows)[0].count;
};
const unsent = () => count('outbox WHERE sent_at IS NULL');
const handled = () => count(`inbox WHERE consumer = '${consumer}'`);

const waits = z.array(z.object({ unsent: z.coerce.number(), unhandled: z.coerce.number() }));

/** The medians of how long events waited for the relay, and from there for the consumer; by the database's clock. */
async function shares(): Promise<{ relayed: number; consumed: number }> {
  const [rows] = await schema.admin.query(
    `SELECT TIMESTAMPDIFF(MICROSECOND, created_at, sent_at) / 1000 AS unsent,
       TIMESTAMPDIFF(MICROSECOND, sent_at, handled_at) / 1000 AS unhandled
     FROM outbox JOIN inbox ON inbox.event_id = outbox.event_id WHERE consumer = ?`,
    [consumer],
  );
  const both = waits.parse(rows);
  const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
  return {
    relayed: median(both.map(({ unsent }) => unsent)),
    consumed: median(both.map(({ unhandled }) => unhandled)),
  };
}

const relay = createRelay({ database, kafka: openKafka(kafkaEnv, log), log, metrics });
function startRelay() {
  const stopping = new AbortController();
  const running = relay.run(stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}

function startConsumer() {
  const command = bestseller('statistics');
  return async () => {
    command.process.kill('SIGTERM');
    await finish(command, 30_000);
    if (command.output() !== '') console.log(command.output());
  };
}

/** Events a second from the first that was done to the last. */
async function drained(what: string, done: () => Promise<number>, from: number): Promise<number> {
  let first: { at: number; done: number } | undefined;
  await until(
    `${what} to have done all`,
    async () => {
      const now = (await done()) - from;
      if (now > 0) first ??= { at: performance.now(), done: now };
      return now >= backlog;
    },
    600_000,
  );
  if (first === undefined) throw new Error('nothing was done');
  return (backlog - first.done) / ((performance.now() - first.at) / 1_000);
}

async function live(): Promise<number[]> {
  const stops = [startRelay(), startConsumer()];
  // The consumer creates the topics; the first events only warm up.
  await fillOutbox(database, 1_000);
  await until('the first events to be handled', async () => (await handled()) === 1_000, 120_000);
  const clock = watchHandled(schema, consumer);
  const committedAt = await completeSteadily({ database, perSecond: rate, seconds, onCommitted: relay.wake });
  const all = 1_000 + committedAt.size;
  await until('all events to be handled', async () => (await handled()) === all, 120_000);
  const handledAt = await clock.stop();
  for (const stop of stops) await stop();
  const latencies = [...committedAt].map(([id, at]) => {
    const seen = handledAt.get(id);
    if (seen === undefined) throw new Error(`nobody saw when event ${id} had its effect`);
    return seen - at;
  });
  return latencies.sort((a, b) => a - b);
}

async function drainApart(): Promise<{ relayed: number; consumed: number }> {
  await fillOutbox(database, backlog);
  const stopRelay = startRelay();
  const total = await count('outbox');
  const relayed = await drained('the relay', async () => total - (await unsent()), total - backlog);
  await stopRelay();
  const before = await handled();
  const stopConsumer = startConsumer();
  const consumed = await drained('the consumer', handled, before);
  await stopConsumer();
  return { relayed, consumed };
}

async function drainTogether(): Promise<number> {
  await fillOutbox(database, backlog);
  const before = await handled();
  const stops = [startRelay(), startConsumer()];
  const through = await drained('relay and consumer', handled, before);
  for (const stop of stops) await stop();
  return through;
}

try {
  await finish(bestseller('migrate'), 60_000);
  const latencies = await live();
  const at = (share: number) => (latencies[Math.floor(latencies.length * share)] ?? Number.NaN).toFixed(0);
  console.log(`at ${rate} events/s for ${seconds} s, from commit to effect: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  console.log(`  (${latencies.length} events, the last after ${latencies.at(-1)?.toFixed(0)} ms)`);
  const { relayed: toKafka, consumed: toEffect } = await shares();
  console.log(`  (medians: ${toKafka.toFixed(0)} ms until Kafka had it, ${toEffect.toFixed(0)} ms more to the effect)`);
  const { relayed, consumed } = await drainApart();
  const through = await drainTogether();
  console.log(`a backlog of ${backlog} events:`);
  for (const [name, perSecond] of Object.entries({
    'relay alone (outbox → Kafka)': relayed,
    'consumer alone (Kafka → statistics)': consumed,
    'both at once': through,
  })) {
    console.log(
      `  ${name.padEnd(36)} ${perSecond.toFixed(0)} events/s, ${(perSecond / rate).toFixed(1)} times ${rate}`,
    );
  }
} finally {
  await database.close();
  await schema.close();
  await servers.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
