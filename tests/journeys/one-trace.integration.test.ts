import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bestsellerService } from '@onsale/bestseller';
import { orderService } from '@onsale/order';
import { type RunningService, startService } from '@onsale/platform/service';
import { call, type Shop, startDataPlatform, startShop, type TestDataPlatform, until } from '@onsale/tests/support';
import { recordSpans } from '../../packages/platform/src/telemetry/testing/record-spans.ts';

const exporter = recordSpans();
type Span = ReturnType<typeof exporter.getFinishedSpans>[number];

let shop: Shop;
let platform: TestDataPlatform;
const later: RunningService[] = [];

beforeAll(async () => {
  [shop, platform] = await Promise.all([startShop(), startDataPlatform()]);
});
afterAll(async () => {
  await Promise.all(later.map((service) => service.stop()));
  await Promise.all([shop?.stop(), platform?.stop()]);
});

const named = (name: string, attributes: Readonly<Record<string, string>> = {}): Span[] =>
  exporter
    .getFinishedSpans()
    .filter(
      (span) =>
        span.name === name && Object.entries(attributes).every(([key, value]) => span.attributes[key] === value),
    );
const consumedBy = (group: string): Span[] =>
  named('consume order-completed', { 'messaging.consumer.group.name': group });

/** The names from below the caller's own span to a span; the first is who has no parent among the spans. */
function wayTo(span: Span | undefined): { names: string[]; begunBy: string | undefined } {
  const byId = new Map(exporter.getFinishedSpans().map((each) => [each.spanContext().spanId, each]));
  const names: string[] = [];
  let begunBy: string | undefined;
  for (let at = span; at !== undefined; ) {
    names.unshift(at.name);
    begunBy = at.parentSpanContext?.spanId;
    at = byId.get(begunBy ?? '');
  }
  return { names, begunBy };
}

test('an order, what is counted of it and what the data platform is told of it are one trace, however much later', async () => {
  const buyer = await shop.createBuyer();
  const { id: productId } = await shop.createProduct(10, 10);
  const [traceId, caller] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  const placed = await call(`${shop.orders[0]?.url}/api/orders`, {
    token: buyer.token,
    key: randomUUID(),
    headers: { traceparent: `00-${traceId}-${caller}-01` },
    body: { userId: buyer.userId, items: [{ productId, quantity: 1 }] },
  });
  expect(placed.status).toBe(201);
  expect(await shop.rows('SELECT 1 FROM outbox WHERE sent_at IS NOT NULL')).toEqual([]);

  // Who sends and who listens starts only now, and knows of the trace by what was written.
  // A consumer that comes before its group's coordinator is up fails once and is begun again: no news here.
  const quiet = { LOG_LEVEL: 'fatal' };
  const told = { DATA_PLATFORM_URL: platform.url, DATA_PLATFORM_KEY: platform.key };
  later.push(
    ...(await Promise.all([
      startService(orderService, { env: { ...shop.env, ...told, ...quiet }, parts: ['relay', 'data-platform-sender'] }),
      startService(bestsellerService, { env: { ...shop.env, ...quiet }, parts: ['migrate', 'statistics'] }),
    ])),
  );
  const server = await until(
    'the data platform to be told and the sale to be counted',
    async () =>
      consumedBy('bestseller').length > 0 && consumedBy('data-platform-sender').length > 0 && named('POST /orders')[0],
    50_000,
  );

  const [sent] = named('POST data-platform');
  const counted = consumedBy('bestseller')[0];
  for (const span of [server, sent, consumedBy('data-platform-sender')[0], counted]) {
    expect(span?.spanContext().traceId).toBe(traceId);
  }
  const delivery = wayTo(server);
  expect(delivery.begunBy).toBe(caller);
  expect(delivery.names[0]).toBe('POST /api/orders');
  expect(delivery.names.slice(-4)).toEqual([
    'outbox write',
    'consume order-completed',
    'POST data-platform',
    'POST /orders',
  ]);
  const counting = wayTo(counted);
  expect(counting.begunBy).toBe(caller);
  expect(counting.names.slice(-2)).toEqual(['outbox write', 'consume order-completed']);
});
