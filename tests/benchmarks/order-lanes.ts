import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServers } from '@onsale/local-servers';
import { type Buyer, freshSchemaOn, type Shop, startShop } from '@onsale/tests/support';

// Orders of one hot product, a transaction each against lanes, in turns on the same servers: only their ratio counts.

const rounds = 5;
const ordersPerRound = 1_500;
const atOnce = 256;
const modes = [
  { name: 'a transaction per order', instance: 0 },
  { name: 'lanes', instance: 1 },
] as const;

/** Orders a second when so many buyers keep ordering at once. */
async function rate(shop: Shop, buyers: readonly Buyer[], productId: string, on: number): Promise<number> {
  let sent = 0;
  const started = performance.now();
  const buy = async (buyer: Buyer): Promise<void> => {
    while (sent < ordersPerRound) {
      sent += 1;
      const answer = await shop.order(buyer, [{ productId, quantity: 1 }], { key: randomUUID(), on });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    }
  };
  await Promise.all(buyers.map(buy));
  return sent / ((performance.now() - started) / 1_000);
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-bench-'));
const servers = await startServers({ dataFolder, mysql: { replica: true }, report: (line) => console.log(line) });
try {
  if (servers.mysql === undefined) throw new Error('no MySQL was started');
  const shop = await startShop({
    schema: await freshSchemaOn(servers.mysql, 'commerce'),
    // Nothing is sent: events stay in the outbox for either.
    brokers: ['127.0.0.1:9'],
    orderInstances: modes.length,
    env: { ORDER_WAIT_MS: '30000', HTTP_REQUEST_TIMEOUT_MS: '30000', LOG_LEVEL: 'error' },
    orderEnv: [{ ORDER_BATCH_LIMIT: '1' }, {}],
  });
  try {
    const product = await shop.createProduct(1_000_000, 1);
    const buyers: Buyer[] = [];
    while (buyers.length < atOnce) buyers.push(await shop.createBuyer(1_000_000));
    const rates = modes.map((): number[] => []);
    // The first round of each only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, { name, instance }] of modes.entries()) {
        const measured = await rate(shop, buyers, product.id, instance);
        if (round > 0) rates[index]?.push(measured);
        console.log(`round ${round}: ${name}: ${measured.toFixed(0)} orders/s`);
      }
    }
    const [single = 0, lanes = 0] = rates.map(median);
    console.log(
      `median: ${single.toFixed(0)} and ${lanes.toFixed(0)} orders/s; lanes are ${(lanes / single).toFixed(1)} times as fast`,
    );
  } finally {
    await shop.stop();
  }
} finally {
  await servers.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
