import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHttpClient, type HttpClient } from '@onsale/platform/http';
import type { ReceivedEvent } from '@onsale/platform/messaging';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import { deliverOrderFact } from './deliver-order-fact.ts';
import { orderFactOf } from './order-fact.ts';

const received: ReceivedEvent = {
  id: 'e-1',
  type: 'onsale.order-completed.v1',
  source: 'order',
  topic: 'order-completed',
  key: 'o-1',
  time: new Date('2026-11-21T10:00:00.123Z'),
  data: {
    orderId: 'o-1',
    userId: 'u-1',
    items: [{ productId: 'p-1', quantity: 2, unitPrice: 500 }],
    discount: 0,
    total: 1_000,
    completedAt: '2026-11-21T10:00:00.123Z',
    addedLater: 'unknown to this release',
  },
};
const event = { ...received, data: orderFactOf(received) };

let listener: RequestListener;
let server: Server;
let client: HttpClient;
beforeEach(async () => {
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  client = createHttpClient({
    name: 'data-platform',
    baseUrl: `http://127.0.0.1:${address.port}`,
    timeoutMs: 5_000,
    log: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  });
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const answer =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const deliver = () => deliverOrderFact(client)(event, { signal: AbortSignal.timeout(10_000) });

describe('a delivery', () => {
  test('is a CloudEvent with the data as they were received', async () => {
    let sent: { request: IncomingMessage; body: unknown } | undefined;
    listener = async (request, response) => {
      sent = { request, body: JSON.parse(await text(request)) };
      answer(201, { eventId: 'e-1', orderId: 'o-1' })(request, response);
    };
    await deliver();
    expect([sent?.request.method, sent?.request.url]).toEqual(['POST', '/orders']);
    const { id, type, source, data } = received;
    expect(sent?.body).toEqual({ specversion: '1.0', id, type, source, time: '2026-11-21T10:00:00.123Z', data });
  });

  test.each<[string, object]>([
    ['event', { eventId: 'e-2', orderId: 'o-1' }],
    ['order', { eventId: 'e-1', orderId: 'o-2' }],
    ['nothing', {}],
  ])('whose receipt names another %s is refused', async (_, receipt) => {
    listener = answer(201, receipt);
    await expect(deliver()).rejects.toMatchObject({ name: 'HttpRefusal', reason: 'unreadable' });
  });

  test.each([409, 422, 500])('refused with %d is the fault of the event', async (status) => {
    listener = answer(status, { code: 'no' });
    await expect(deliver()).rejects.toMatchObject({ name: 'HttpRefusal', status });
  });

  test.each([401, 403, 429, 503])('refused with %d waits', async (status) => {
    listener = answer(status, { code: 'no' });
    await expect(deliver()).rejects.toMatchObject({ name: 'DomainError', kind: 'unavailable' });
  });
});

describe('an event', () => {
  test('of another version is not passed on', () => {
    expect(() => orderFactOf({ ...received, type: 'onsale.order-completed.v9' })).toThrow('v9');
  });

  test('in a topic that is not delivered is not passed on', () => {
    expect(() => orderFactOf({ ...received, topic: 'payment-succeeded' })).toThrow('payment-succeeded');
  });

  test('with data that do not fit is not passed on', () => {
    expect(() => orderFactOf({ ...received, data: { orderId: 'o-1' } })).toThrow('userId');
  });
});
