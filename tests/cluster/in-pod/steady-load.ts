import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

// Run in a pod: requests at a steady rate whatever the answers do, until the standard input ends. Prints a line of JSON
// when it is ready, one every second, and one for each of the first failures; the last line is the sum. Where it is
// asked to, it reads every granted order back at the end, and counts those that are missing.

const { url, admin, perSecond, ordersPercent, readBack } = JSON.parse(process.argv[1] ?? '{}');
const buyers = 20;
const products = 10;
const agent = new Agent({ keepAlive: true, maxSockets: 512 });

interface Asking {
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Whether it says when to come again. */
  readonly again: boolean;
}

/** @throws Error when no whole answer came within 15 s */
function send({ path, body, token }: Asking): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'idempotency-key': randomUUID() }),
    };
    const options = { agent, headers, method: body ? 'POST' : 'GET', signal: AbortSignal.timeout(15_000) };
    const sent = request(`${url}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      const again = response.headers['retry-after'] !== undefined;
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text, again }));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

async function need(asking: Asking): Promise<Record<string, unknown>> {
  const { status, text } = await send(asking);
  if (status >= 300) throw new Error(`${asking.path} answered ${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

const login = async (email: string, password: string) =>
  String((await need({ path: '/api/auth/login', body: { email, password } })).accessToken);

const adminToken = await login(admin.email, admin.password);
const onSale: string[] = [];
for (let at = 0; at < products; at++) {
  const body = { name: `Ticket ${at}`, nameKo: `표 ${at}`, price: 1, stock: 1_000_000 };
  onSale.push(String((await need({ path: '/api/admin/products', token: adminToken, body })).id));
}
const known = await Promise.all(
  Array.from({ length: buyers }, async () => {
    const account = { email: `${randomUUID()}@example.com`, password: 'a-long-enough-word' };
    const { userId } = await need({ path: '/api/auth/signup', body: { ...account, name: 'Steady' } });
    const token = await login(account.email, account.password);
    await need({ path: '/api/balance/charge', token, body: { userId, amount: 10_000_000 } });
    return { userId, token };
  }),
);

const sum = { sent: 0, failed: 0, postponed: 0, granted: 0, late: 0 };
const latencies: number[] = [];
const open = new Set<Promise<void>>();
const grantedOrders: { readonly path: string; readonly token: string }[] = [];

function next(count: number): Asking {
  const productId = onSale[count % products];
  const buyer = known[count % buyers];
  if ((count * 37) % 100 < ordersPercent) {
    return {
      path: '/api/orders',
      token: buyer?.token ?? '',
      body: { userId: buyer?.userId, items: [{ productId, quantity: 1 }] },
    };
  }
  return { path: count % 4 === 0 ? '/api/products?limit=20' : `/api/products/${productId}` };
}

async function play(count: number, due: number): Promise<void> {
  const asking = next(count);
  const outcome = await send(asking).catch((error: Error) => ({ status: 0, text: error.message, again: false }));
  latencies.push(performance.now() - due);
  if (outcome.status === 201) {
    sum.granted++;
    if (readBack) grantedOrders.push({ path: `/api/orders/${JSON.parse(outcome.text).id}`, token: asking.token ?? '' });
  }
  if (outcome.status === 200 || outcome.status === 201) return;
  // The shop's own word that it is too busy, and when to come again: nothing was sold, and nothing broke.
  if (outcome.again) {
    sum.postponed++;
    return;
  }
  sum.failed++;
  if (sum.failed <= 20) {
    const { status, text } = outcome;
    console.log(JSON.stringify({ at: new Date().toISOString(), path: asking.path, status, text: text.slice(0, 200) }));
  }
}

const readersAtOnce = 8;
const readingMs = 90_000;

/** How many of the granted orders are not there, each asked for until it is or the time is up. */
async function countMissing(): Promise<number> {
  const giveUpAt = performance.now() + readingMs;
  let missing = 0;
  const reader = async () => {
    for (let order = grantedOrders.pop(); order !== undefined; order = grantedOrders.pop()) {
      for (;;) {
        const { status, text } = await send(order).catch(() => ({ status: 0, text: '' }));
        if (status === 200 && JSON.parse(text).status === 'COMPLETED') break;
        if (performance.now() > giveUpAt) {
          missing++;
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
  return missing;
}

console.log(JSON.stringify({ ready: true }));
let stopping = false;
process.stdin.resume().once('end', () => {
  stopping = true;
});
const begun = performance.now();
let told = begun;
while (!stopping) {
  await new Promise((resolve) => setTimeout(resolve, 5));
  const now = performance.now();
  for (let due = begun + (sum.sent * 1000) / perSecond; due <= now; due = begun + (sum.sent * 1000) / perSecond) {
    if (now - due > 1000) sum.late++;
    const playing = play(sum.sent++, due).finally(() => open.delete(playing));
    open.add(playing);
  }
  if (now - told < 1000) continue;
  told = now;
  console.log(JSON.stringify({ at: new Date().toISOString(), ...sum }));
}
await Promise.all(open);
const sorted = latencies.toSorted((a, b) => a - b);
const quantile = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
const seconds = (performance.now() - begun) / 1000;
const missing = await countMissing();
console.log(JSON.stringify({ total: { ...sum, missing, seconds, p50: quantile(0.5), p99: quantile(0.99) } }));
agent.destroy();
