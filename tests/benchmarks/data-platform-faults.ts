import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServers } from '@onsale/local-servers';
import { type Buyer, call, freePort, freshSchemaOn, startShop, until } from '@onsale/tests/support';
import { startProcess } from './data-platform/start-process.ts';
import { type PhaseResult, quantile, steadyLoad } from './data-platform/steady-load.ts';

// Orders at a steady rate while the data platform is well, down, well, hanging and well again: whether they notice, and
// whether it has every one of them in the end. Services run in processes of their own, servers at full durability.

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '50' } },
});
const load = { perSecond: Number(values.rate), seconds: Number(values.seconds) };
const warmUpSeconds = 10;
const drainWithinMs = 300_000;

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-bench-'));
const cleanUp: (() => Promise<unknown>)[] = [];
try {
  await benchmark();
} finally {
  for (const step of cleanUp.toReversed()) await step();
  rmSync(dataFolder, { recursive: true, force: true });
}

async function benchmark(): Promise<void> {
  const servers = await startServers({
    dataFolder,
    mysql: { replica: true },
    kafka: { brokers: 3 },
    report: (line) => console.log(line),
  });
  cleanUp.push(() => servers.stop());
  if (!servers.mysql || !servers.kafka) throw new Error('not all servers were started');

  const key = randomUUID();
  const platformSchema = await freshSchemaOn(servers.mysql, 'platform');
  cleanUp.push(() => platformSchema.close());
  const port = await freePort();
  const startPlatform = () =>
    startProcess('data-platform', {
      parts: ['http', 'migrate'],
      port,
      env: { ...platformSchema.env, DATA_PLATFORM_KEY: key, DATA_PLATFORM_FAULTS: 'allowed', LOG_LEVEL: 'error' },
    });
  let platform = await startPlatform();
  cleanUp.push(() => platform.stop());
  const fault = async (mode: string): Promise<void> => {
    const { status } = await call(`${platform.url}/faults`, { method: 'PUT', token: key, body: { mode } });
    if (status !== 200) throw new Error(`the data platform does not take the fault ${mode}: ${status}`);
  };

  // Products and points of the shop in this process; orders, which are measured, in another.
  const shop = await startShop({
    schema: await freshSchemaOn(servers.mysql, 'commerce'),
    brokers: servers.kafka.bootstrap,
    orderInstances: 0,
  });
  cleanUp.push(() => shop.stop());
  const order = await startProcess('order', {
    parts: ['http', 'migrate', 'relay', 'data-platform-sender'],
    env: { ...shop.env, DATA_PLATFORM_URL: platform.url, DATA_PLATFORM_KEY: key, LOG_LEVEL: 'fatal' },
  });
  cleanUp.push(() => order.stop());

  const buyers: Buyer[] = [];
  for (let count = 0; count < 50; count += 1) buyers.push(await shop.createBuyer(10_000_000));
  const products: string[] = [];
  for (let count = 0; count < 20; count += 1) products.push((await shop.createProduct(1_000_000, 1)).id);

  const placed: string[] = [];
  let turn = 0;
  const send = async (): Promise<string | undefined> => {
    turn += 1;
    const { userId, token } = buyers[turn % buyers.length] ?? { userId: '', token: '' };
    const items = [{ productId: products[turn % products.length], quantity: 1 }];
    const url = `${order.url}/api/orders`;
    const answer = await call(url, { token, key: randomUUID(), body: { userId, items } }).catch(() => undefined);
    if (answer?.status !== 201) return answer?.body.code ?? 'no answer';
    placed.push(answer.body.id);
    return undefined;
  };
  const transitions = async () => {
    const to = (state: string) => order.metric('http_client_breaker_transitions_total', `to="${state}"`);
    return { open: await to('open'), halfOpen: await to('half-open'), closed: await to('closed') };
  };

  await steadyLoad({ ...load, seconds: warmUpSeconds }, send);
  let healthy: PhaseResult | undefined;
  const phase = async (name: string): Promise<void> => {
    const before = await transitions();
    const result = await steadyLoad(load, send);
    healthy ??= result;
    const after = await transitions();
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(result.latencies, share));
    const [base50, base99] = [0.5, 0.99].map((share) => quantile(healthy?.latencies ?? [], share));
    console.log(
      [
        name.padEnd(12),
        `${result.latencies.length} orders${failuresIn(result)}`,
        `p50 ${inMs(p50)} (${ratio(p50, base50)}), p99 ${inMs(p99)} (${ratio(p99, base99)})`,
        `breaker: ${after.open - before.open} times open, ${after.halfOpen - before.halfOpen} half-open, ${after.closed - before.closed} closed`,
      ].join('; '),
    );
  };

  await phase('healthy');
  await platform.stop();
  await phase('down');
  platform = await startPlatform();
  await phase('back');
  await fault('hang');
  await phase('hanging');
  await fault('none');
  await phase('back again');

  const ended = performance.now();
  const count = async (): Promise<number> => (await call(`${platform.url}/orders/count`, { token: key })).body.count;
  await until('the data platform to have every order', async () => (await count()) >= placed.length, drainWithinMs);
  const drainedMs = performance.now() - ended;
  const [rows] = await platformSchema.admin.query('SELECT order_id AS orderId FROM deliveries');
  if (!Array.isArray(rows)) throw new Error('a query answers rows');
  const has = new Set(rows.map((row) => ('orderId' in row ? String(row.orderId) : '')));
  const lacking = placed.filter((orderId) => !has.has(orderId));
  console.log(
    `the data platform has ${placed.length - lacking.length} of ${placed.length} orders in ${rows.length} deliveries, ${(drainedMs / 1_000).toFixed(1)} s after the last`,
  );
  if (lacking.length > 0) process.exitCode = 1;
}

function failuresIn({ failures }: PhaseResult): string {
  return [...failures].map(([why, count]) => `, ${count} failed (${why})`).join('');
}

function inMs(ms = Number.NaN): string {
  return `${ms.toFixed(1)} ms`;
}

function ratio(ms = Number.NaN, base = Number.NaN): string {
  return `${(ms / base).toFixed(2)}×`;
}
