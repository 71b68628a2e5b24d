import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Collector,
  call,
  finish,
  freePort,
  type PlatformCommand,
  pathTo,
  processesNaming,
  startCollector,
  startCommand,
  startPlatformCommand,
  until,
} from '@onsale/tests/support';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-platform-'));
let collector: Collector;
let platform: PlatformCommand;
let environment: Record<string, string>;
let url: string;

async function start(): Promise<void> {
  platform = await startPlatformCommand(environment);
  url = platform.url;
}

/** What the data platform has of an order. */
async function deliveriesOf(orderId: string): Promise<{ type: string; orderId: string; data: unknown }[]> {
  const { url: base, key: token } = platform.dataPlatform;
  const found = [];
  for (let query = 'limit=1000'; query !== ''; ) {
    const { body } = await call(`${base}/orders?${query}`, { token });
    found.push(...body.items.filter((delivery: { orderId: string }) => delivery.orderId === orderId));
    query = body.next ? `limit=1000&cursor=${body.next}` : '';
  }
  return found;
}

/** The product's place in a ranking; undefined while it has none. */
async function placeOf(productId: string, path: string): Promise<object | undefined> {
  const { body } = await call(url + path);
  return body.items.find((item: { productId: string }) => item.productId === productId);
}

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
  if (platform?.command.process.exitCode === null) await platform.end();
  await collector?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('npm start', () => {
  let userId: string;
  let token: string;
  let orderId: string;
  let productId: string;

  const order = (product: string, quantity: number, headers: Record<string, string> = {}) =>
    call(`${url}/api/orders`, {
      token,
      key: randomUUID(),
      headers,
      body: { userId, items: [{ productId: product, quantity }] },
    });

  test('is ready with private files that say where', async () => {
    const { ready, audit, operations, dataPlatformKey } = platform.folder;
    for (const file of [ready, audit, operations, dataPlatformKey]) expect(statSync(file).mode & 0o777).toBe(0o600);
    await until('the address to be printed', async () => platform.command.output().includes(`Ready: ${url}`));
    expect(platform.command.output()).not.toContain(platform.admin.password);
    expect(platform.command.output()).not.toContain(platform.dataPlatform.key);
  });

  test('has a catalogue in two languages', async () => {
    const { body } = await call(`${url}/api/products?limit=100`);
    expect(body.items).toHaveLength(100);
    expect(body.items[0].nameKo).toMatch(/\p{Script=Hangul}/u);
  });

  test('takes a user from signup to an order', async () => {
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

    const adminSession = await call(`${url}/api/auth/login`, { body: platform.admin });
    const product = await call(`${url}/api/admin/products`, {
      token: adminSession.body.accessToken,
      key: randomUUID(),
      body: { name: 'Photo card', nameKo: '포토카드', price: 3_000, stock: 3 },
    });
    expect(product.status).toBe(201);
    productId = product.body.id;

    const body = { userId, amount: 10_000 };
    const charged = await call(`${url}/api/balance/charge`, { token, key: randomUUID(), body });
    expect(charged.body).toMatchObject({ userId, balance: 10_000 });

    const placed = await order(productId, 2);
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({ userId, status: 'COMPLETED', discount: 0, total: 6_000 });
    expect(placed.headers.get('location')).toBe(`/api/orders/${placed.body.id}`);
    orderId = placed.body.id;
    expect((await call(`${url}/api/orders/${orderId}`, { token })).body).toEqual(placed.body);
    expect((await call(`${url}/api/balance/${userId}`, { token })).body.balance).toBe(4_000);
  });

  test.each(['/api/bestsellers/live', '/api/products/popular'])('ranks what was sold: %s', async (path) => {
    const place = await until('what was sold to have a place', () => placeOf(productId, path));
    expect(place).toEqual({ rank: 1, productId, name: 'Photo card', nameKo: '포토카드', quantitySold: 2 });
  });

  test('tells the data platform, which nobody reaches through the gateway', async () => {
    const delivered = await until('the order to be delivered', async () => {
      const deliveries = await deliveriesOf(orderId);
      return deliveries.length > 0 && deliveries;
    });
    expect(delivered).toEqual([expect.objectContaining({ orderId, data: expect.objectContaining({ userId }) })]);
    for (const path of ['/orders', '/orders/count', '/faults']) {
      const answer = await call(url + path, { token: platform.dataPlatform.key });
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'route-not-found']);
    }
  });

  test('takes the order back, from the ranking too', async () => {
    const cancelled = await call(`${url}/api/orders/${orderId}/cancel`, { token, key: randomUUID(), body: {} });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'CANCELLED']);
    expect((await call(`${url}/api/balance/${userId}`, { token })).body.balance).toBe(10_000);
    for (const path of ['/api/bestsellers/live', '/api/products/popular']) {
      await until(`${path} to be without it`, async () => (await placeOf(productId, path)) === undefined);
    }
    await until('the cancellation to be delivered', async () => (await deliveriesOf(orderId)).length === 2);
  });

  test('exports one tree for an order, from the gateway to the data platform', async () => {
    const product = (await call(`${url}/api/products?limit=1`)).body.items[0];
    await call(`${url}/api/balance/charge`, { token, key: randomUUID(), body: { userId, amount: 10_000_000 } });
    const placings = () => collector.spans().filter(({ name }) => name === 'place order');
    const earlier = new Set(placings().map(({ traceId }) => traceId));
    const requestId = randomUUID();
    const placed = await order(product.id, 1, { 'x-request-id': requestId });
    expect(placed.status).toBe(201);
    expect(placed.headers.get('x-request-id')).toBe(requestId);

    // The services export by themselves, one after the other: the tree is whole when its root is there.
    const traceId = await until('the order in a trace', async () => {
      return placings().find((span) => !earlier.has(span.traceId))?.traceId;
    });
    const ofTrace = () => collector.spans().filter((span) => span.traceId === traceId);
    const pathOf = (name: string) =>
      until(`the way from the root to ${name}`, async () => {
        const span = ofTrace().find((one) => one.name === name);
        return span && pathTo(span.spanId, ofTrace());
      });
    const path = await pathOf('outbox write');
    expect(path).toEqual([
      'POST /api/orders/*',
      'POST /api/orders',
      'place order',
      'lock hold',
      'transaction orders.place',
      'outbox write',
    ]);

    const delivery = await pathOf('POST /orders');
    expect(delivery.slice(0, 3)).toEqual(path.slice(0, 3));
    // Between them: the call of the HTTP client.
    expect(delivery.slice(-3)).toEqual(['consume order-completed', expect.any(String), 'POST /orders']);

    // One tree: every span but the root has its parent in it.
    await until('one tree', async () => {
      const spans = ofTrace();
      const ids = new Set(spans.map(({ spanId }) => spanId));
      return spans.filter(({ parentSpanId }) => parentSpanId === '' || !ids.has(parentSpanId)).length === 1;
    });
    expect(ofTrace().map(({ name }) => name)).toContain('lock wait');
  });

  test('serves the joined reference', async () => {
    const { body } = await call(`${url}/openapi.json`);
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/orders', '/api/auth/login', '/api/products', '/api/bestsellers/live']),
    );
    const page = await fetch(`${url}/docs/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  test('a whole sale: exactly its pieces are sold, counted and delivered, and the audit is clean', async () => {
    const sale = await finish(startCommand('load-tests/src/sale.ts', [], environment), 400_000);
    expect(sale.code === 0 ? 'kept' : sale.output).toBe('kept');
    for (const check of ['events-delivered', 'events-handled', 'statistics', 'ranking', 'data-platform']) {
      expect(sale.output).toContain(check);
    }
  }, 420_000);

  test('ends with nothing left behind, and keeps its data for the next start', async () => {
    expect(await platform.end()).toBe(0);
    expect(processesNaming(dataFolder)).toEqual([]);
    const { ready, audit, operations } = platform.folder;
    expect([ready, audit, operations].filter(existsSync)).toEqual([]);

    const { key } = platform.dataPlatform;
    await start();
    expect(platform.dataPlatform.key).toBe(key);
    const credentials = { email: 'kim@onsale.test', password: 'correct horse battery' };
    const { accessToken } = (await call(`${url}/api/auth/login`, { body: credentials })).body;
    const kept = await call(`${url}/api/orders/${orderId}`, { token: accessToken });
    expect(kept.body.status).toBe('CANCELLED');
    expect((await deliveriesOf(orderId)).length).toBe(2);
  }, 180_000);

  test('killed with -9, what it left is ended by the next start', async () => {
    process.kill(platform.record.pid, 'SIGKILL');
    await platform.command.ended;
    expect(processesNaming(dataFolder).length).toBeGreaterThan(0);
    rmSync(platform.folder.ready, { force: true });
    await start();
    expect((await call(`${url}/api/products?limit=1`)).status).toBe(200);
    expect(await platform.end()).toBe(0);
    expect(processesNaming(dataFolder)).toEqual([]);
  }, 180_000);
});
