import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServers } from '@onsale/local-servers';
import { seededRandom } from '@onsale/seed';
import { type Buyer, freshSchemaOn, type Shop, startShop } from '@onsale/tests/support';

// Orders in lanes against a transaction each, and lanes of two services side by side, in turns on the same servers: only
// ratios count.

const rounds = 5;
const ordersPerRound = 1_500;

/** The order services, all in this process. */
const orderEnv = [{ ORDER_BATCH_LIMIT: '1' }, {}, {}, { ORDER_LOCK_WAIT_MS: '2000' }, { ORDER_LOCK_WAIT_MS: '2000' }];
const single = { name: 'a transaction per order', on: [0] };
const lanes = { name: 'lanes', on: [1] };
const lanesOfTwo = { name: 'lanes of two services', on: [1, 2] };
const waitingForLocks = { name: 'lanes of two services that wait for locks', on: [3, 4] };

type Mode = typeof single;
type Items = Parameters<Shop['order']>[1];

interface Workload {
  readonly name: string;
  /** How many buyers order at once, without pause. */
  readonly atOnce: number;
  readonly modes: readonly Mode[];
  basket(random: () => number): Items;
}

interface Measured {
  readonly rate: number;
  /** Of 99 in a hundred, in milliseconds. */
  readonly p99: number;
}

async function measure(shop: Shop, buyers: readonly Buyer[], workload: Workload, { on }: Mode, round: number) {
  // The same baskets in every mode.
  const random = seededRandom(round);
  const latencies: number[] = [];
  let sent = 0;
  const started = performance.now();
  const buy = async (buyer: Buyer, index: number): Promise<void> => {
    while (sent < ordersPerRound) {
      sent += 1;
      const items = workload.basket(random);
      const begun = performance.now();
      const answer = await shop.order(buyer, items, { key: randomUUID(), on: on[index % on.length] ?? 0 });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(buyers.slice(0, workload.atOnce).map(buy));
  const rate = sent / ((performance.now() - started) / 1_000);
  return { rate, p99: latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? 0 };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

async function play(shop: Shop, buyers: readonly Buyer[], workload: Workload): Promise<void> {
  const measured = new Map<Mode, Measured[]>(workload.modes.map((mode) => [mode, []]));
  // The first round of each only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [mode, results] of measured) {
      const result = await measure(shop, buyers, workload, mode, round);
      if (round > 0) results.push(result);
    }
  }
  console.log(`${workload.name}, ${workload.atOnce} buyers at once; median of ${rounds} rounds:`);
  const rates = [...measured].map(([, results]) => median(results.map(({ rate }) => rate)));
  for (const [index, [mode, results]] of [...measured].entries()) {
    const rate = rates[index] ?? 0;
    const ratio = (rate / (rates[0] ?? rate)).toFixed(1);
    const p99 = median(results.map((result) => result.p99)).toFixed(0);
    console.log(`  ${mode.name}: ${rate.toFixed(0)} orders/s (${ratio} times), 99 in a hundred within ${p99} ms`);
  }
}

function mixedBaskets(hot: readonly string[], other: readonly string[]): Workload['basket'] {
  const one = (products: readonly string[], random: number) => products[Math.floor(random * products.length)] ?? '';
  return (random) => {
    const drawn = random();
    // Squared, a number in [0, 1) is more often small: the first is wanted most.
    const wanted = drawn < 0.7 ? [one(hot, random() ** 2)] : [];
    const more = drawn < 0.55 ? 0 : 1 + Math.floor(random() * 3);
    for (let count = 0; count < more; count += 1) wanted.push(one(other, random()));
    return [...new Set(wanted)].map((productId) => ({ productId, quantity: 1 }));
  };
}

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-bench-'));
const servers = await startServers({ dataFolder, mysql: { replica: true }, report: (line) => console.log(line) });
try {
  if (servers.mysql === undefined) throw new Error('no MySQL was started');
  const shop = await startShop({
    schema: await freshSchemaOn(servers.mysql, 'commerce'),
    // Nothing is sent: events stay in the outbox for either.
    brokers: ['127.0.0.1:9'],
    orderInstances: orderEnv.length,
    env: { ORDER_WAIT_MS: '30000', HTTP_REQUEST_TIMEOUT_MS: '30000', LOG_LEVEL: 'error' },
    orderEnv,
  });
  const products = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < count) ids.push((await shop.createProduct(1_000_000, 1)).id);
    return ids;
  };
  try {
    const [hot, other] = [await products(10), await products(40)];
    const buyers: Buyer[] = [];
    while (buyers.length < 256) buyers.push(await shop.createBuyer(1_000_000));
    await play(shop, buyers, {
      name: 'one hot product',
      atOnce: 256,
      modes: [single, lanes],
      basket: () => [{ productId: hot[0] ?? '', quantity: 1 }],
    });
    await play(shop, buyers, {
      name: 'mixed baskets',
      atOnce: 128,
      modes: [single, lanes, lanesOfTwo, waitingForLocks],
      basket: mixedBaskets(hot, other),
    });
  } finally {
    await shop.stop();
  }
} finally {
  await servers.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
