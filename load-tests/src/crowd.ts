import { randomUUID } from 'node:crypto';
import { dataFolder, dataFolderOf, readPlatform, tokenMinter } from '@onsale/local';
import { seedUser, USER_COUNT } from '@onsale/seed';
import type { Client } from './sale/client.ts';
import { latencies } from './sale/latencies.ts';
import { openClient } from './sale/open-client.ts';
import { hear } from './sale/outcome.ts';
import { createScarceProduct, stockOf } from './sale/prepare.ts';
import { SaleError } from './sale/sale-error.ts';

const pieces = 100;
const price = 1_000;
const chargesAtOnce = 32;
const usage = `usage: npm run crowd [-- how many buyers, 1 to ${USER_COUNT}]`;

interface Buyer {
  readonly userId: string;
  readonly token: string;
}

/** One request of a buyer, and what came of it in a word: a status and, when refused, the code. */
async function ask(client: Client, { userId, token }: Buyer, path: string, more: object): Promise<string> {
  const asked = { method: 'POST', path, token, key: randomUUID(), body: { userId, ...more } } as const;
  const { status = 0, code = '' } = await client.send(asked).then(hear, () => ({ status: 0, code: 'no answer' }));
  return `${status} ${code}`.trim();
}

async function chargeAll(client: Client, buyers: readonly Buyer[]): Promise<void> {
  const left = [...buyers];
  const work = async () => {
    for (let buyer = left.pop(); buyer !== undefined; buyer = left.pop()) {
      const told = await ask(client, buyer, '/api/balance/charge', { amount: price });
      if (told !== '200') throw new SaleError(`a charge was answered ${told}`);
    }
  };
  await Promise.all(Array.from({ length: chargesAtOnce }, work));
}

/** So many buyers want one of a hundred pieces in the same instant, each once. */
async function crowd(count: number): Promise<boolean> {
  const folder = dataFolder(dataFolderOf(process.env));
  const running = readPlatform(folder);
  if (!running) throw new SaleError(`no platform is ready in ${folder.root}: start one with npm start, then try again`);
  const client = openClient(running.ready.url, count);
  try {
    const scarce = { name: 'One of a hundred', nameKo: '백 개 중 하나', price, stock: pieces };
    const productId = await createScarceProduct(client, running.ready, { scarce });
    const mint = tokenMinter(running.platform.signingKeysFile);
    const buyers = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const userId = seedUser(index + 1).id;
        return { userId, token: await mint({ userId, role: 'user' }) };
      }),
    );
    console.log(`${count} buyers charge what a piece costs`);
    await chargeAll(client, buyers);

    const took = latencies();
    const started = performance.now();
    const items = [{ productId, quantity: 1 }];
    const order = async (buyer: Buyer) => {
      const told = await ask(client, buyer, '/api/orders', { items });
      took.record(told, performance.now() - started);
      return told;
    };
    const told = await Promise.all(buyers.map(order));
    console.log(
      `all ${count} ordered at once and had their answers after ${((performance.now() - started) / 1_000).toFixed(1)} s`,
    );
    for (const [name, { count: times, p50, max }] of took.all()) {
      console.log(
        `  ${name.padEnd(24)} ${String(times).padStart(6)}   half by ${p50.toFixed(0)} ms, all by ${max.toFixed(0)} ms`,
      );
    }
    const granted = told.filter((answer) => answer === '201').length;
    const left = await stockOf(client, productId);
    const kept = granted + left === pieces && granted === Math.min(count, pieces);
    console.log(`${granted} granted, ${left} left of ${pieces}: ${kept ? 'kept' : 'BROKEN'}`);
    return kept;
  } finally {
    await client.close();
  }
}

try {
  const count = Number(process.argv[2] ?? 2_000);
  if (!(Number.isInteger(count) && count >= 1 && count <= USER_COUNT)) throw new SaleError(usage);
  process.exitCode = (await crowd(count)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof SaleError ? `onsale: ${error.message}` : error);
  process.exitCode = 1;
}
