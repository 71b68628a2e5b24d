import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dataFolder as foldersIn, readPlatform } from '@onsale/local';
import {
  type Collector,
  call,
  finish,
  freePort,
  type RunningCommand,
  startCollector,
  startCommand,
  until,
} from '@onsale/tests/support';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-platform-'));
const readyFile = join(dataFolder, 'ready.json');
let collector: Collector;
let platform: RunningCommand;
let environment: Record<string, string>;
let url: string;
let admin: { email: string; password: string };

async function start(): Promise<void> {
  platform = startCommand('local/src/start.ts', [], environment);
  let ended = false;
  void platform.ended.then(() => {
    ended = true;
  });
  await until(
    'the platform to be ready',
    async () => {
      if (ended) throw new Error(platform.output());
      return existsSync(readyFile);
    },
    120_000,
  );
  ({ url, admin } = JSON.parse(readFileSync(readyFile, 'utf8')));
}

/** The command lines of processes that have the data folder in them. */
const leftBehind = (): string[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(dataFolder));

beforeAll(async () => {
  collector = await startCollector();
  environment = {
    ONSALE_DATA_FOLDER: dataFolder,
    ONSALE_PORT: String(await freePort()),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  await start();
}, 150_000);
afterAll(async () => {
  if (platform?.process.exitCode === null) {
    platform.process.kill('SIGINT');
    await platform.ended;
  }
  await collector?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('npm start', () => {
  let userId: string;
  let token: string;
  let orderId: string;

  test('is ready with a private file that says where', async () => {
    expect(statSync(readyFile).mode & 0o777).toBe(0o600);
    await until('the address to be printed', async () => platform.output().includes(`Ready: ${url}`));
    expect(platform.output()).not.toContain(admin.password);
  });

  test('has a catalogue in two languages', async () => {
    const { body } = await call(`${url}/api/products?limit=100`);
    expect(body.items).toHaveLength(100);
    expect(body.items[0].nameKo).toMatch(/\p{Script=Hangul}/u);
  });

  test('takes a user from signup to an order and back', async () => {
    const credentials = { email: 'kim@onsale.test', password: 'correct horse battery' };
    const signedUp = await call(`${url}/api/auth/signup`, { body: { ...credentials, name: '김하나' } });
    expect(signedUp.status).toBe(201);
    userId = signedUp.body.userId;
    const session = await call(`${url}/api/auth/login`, { body: credentials });
    expect([session.status, session.body.userId]).toEqual([200, userId]);
    token = session.body.accessToken;
    expect((await call(`${url}/api/auth/me`, { token })).body).toEqual({
      userId,
      email: credentials.email,
      name: '김하나',
      role: 'user',
    });

    const adminSession = await call(`${url}/api/auth/login`, { body: admin });
    const product = await call(`${url}/api/admin/products`, {
      token: adminSession.body.accessToken,
      key: randomUUID(),
      body: { name: 'Photo card', nameKo: '포토카드', price: 3_000, stock: 2 },
    });
    expect(product.status).toBe(201);

    const charged = await call(`${url}/api/balance/charge`, {
      token,
      key: randomUUID(),
      body: { userId, amount: 10_000 },
    });
    expect(charged.body).toMatchObject({ userId, balance: 10_000 });

    const placed = await call(`${url}/api/orders`, {
      token,
      key: randomUUID(),
      body: { userId, items: [{ productId: product.body.id, quantity: 2 }] },
    });
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({ userId, status: 'COMPLETED', discount: 0, total: 6_000 });
    expect(placed.headers.get('location')).toBe(`/api/orders/${placed.body.id}`);
    orderId = placed.body.id;
    expect((await call(`${url}/api/orders/${orderId}`, { token })).body).toEqual(placed.body);
    expect((await call(`${url}/api/balance/${userId}`, { token })).body.balance).toBe(4_000);

    const cancelled = await call(`${url}/api/orders/${orderId}/cancel`, { token, key: randomUUID(), body: {} });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'CANCELLED']);
    expect((await call(`${url}/api/balance/${userId}`, { token })).body.balance).toBe(10_000);
  });

  test('exports one tree for an order: gateway → order → lock wait → transaction → outbox', async () => {
    const product = (await call(`${url}/api/products?limit=1`)).body.items[0];
    await call(`${url}/api/balance/charge`, { token, key: randomUUID(), body: { userId, amount: 10_000_000 } });
    const requestId = randomUUID();
    const placed = await call(`${url}/api/orders`, {
      token,
      key: randomUUID(),
      headers: { 'x-request-id': requestId },
      body: { userId, items: [{ productId: product.id, quantity: 1 }] },
    });
    expect(placed.status).toBe(201);
    expect(placed.headers.get('x-request-id')).toBe(requestId);

    // The services export by themselves, one after the other: the tree is whole when its root is there.
    const path = await until('the tree of the order', async () => {
      const written = collector.spans().filter(({ name }) => name === 'outbox write');
      return written.map(({ spanId }) => pathTo(spanId)).findLast((names) => names?.includes('place order'));
    });
    expect(path).toEqual([
      'POST /api/orders/*',
      'POST /api/orders',
      'place order',
      'lock hold',
      'transaction orders.place',
      'outbox write',
    ]);

    const traceId = collector.spans().findLast(({ name }) => name === 'place order')?.traceId;
    const names = collector.spans().filter((span) => span.traceId === traceId);
    expect(names.map(({ name }) => name)).toContain('lock wait');
    // One tree: every span but the root has its parent in it.
    const ids = new Set(names.map(({ spanId }) => spanId));
    expect(names.filter(({ parentSpanId }) => parentSpanId === '' || !ids.has(parentSpanId))).toHaveLength(1);
  });

  test('serves the joined reference', async () => {
    const { body } = await call(`${url}/openapi.json`);
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/orders', '/api/auth/login', '/api/products']),
    );
    const page = await fetch(`${url}/docs/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  test('a whole sale: exactly its pieces are sold, and the audit is clean', async () => {
    const sale = await finish(startCommand('load-tests/src/sale.ts', [], environment), 400_000);
    expect(sale.code === 0 ? 'kept' : sale.output).toBe('kept');
  }, 420_000);

  test('ends with nothing left behind, and keeps its data for the next start', async () => {
    platform.process.kill('SIGINT');
    expect(await platform.ended).toBe(0);
    expect(leftBehind()).toEqual([]);
    expect(existsSync(readyFile)).toBe(false);

    await start();
    const session = await call(`${url}/api/auth/login`, {
      body: { email: 'kim@onsale.test', password: 'correct horse battery' },
    });
    expect((await call(`${url}/api/orders/${orderId}`, { token: session.body.accessToken })).body.status).toBe(
      'CANCELLED',
    );
  }, 180_000);

  test('killed with -9, what it left is ended by the next start', async () => {
    const running = readPlatform(foldersIn(dataFolder));
    if (running === undefined) throw new Error('the platform has no record');
    process.kill(running.platform.pid, 'SIGKILL');
    await platform.ended;
    expect(leftBehind().length).toBeGreaterThan(0);
    rmSync(readyFile, { force: true });
    await start();
    expect((await call(`${url}/api/products?limit=1`)).status).toBe(200);
    platform.process.kill('SIGINT');
    expect(await platform.ended).toBe(0);
    expect(leftBehind()).toEqual([]);
  }, 180_000);
});

/** The names from the root of the span's tree to the span; nothing while a part of the way is missing. */
function pathTo(spanId: string): string[] | undefined {
  const byId = new Map(collector.spans().map((span) => [span.spanId, span]));
  const path: string[] = [];
  for (let at = spanId; at !== ''; ) {
    const span = byId.get(at);
    if (span === undefined) return undefined;
    path.unshift(span.name);
    at = span.parentSpanId;
  }
  return path;
}
