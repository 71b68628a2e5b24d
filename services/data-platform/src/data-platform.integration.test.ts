import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answered, type CallOptions, call, startDataPlatform, type TestDataPlatform } from '@onsale/tests/support';

let platform: TestDataPlatform;
beforeAll(async () => {
  platform = await startDataPlatform();
});
afterAll(() => platform?.stop());
beforeEach(() => fault({ mode: 'none' }));

const eventOf = (more: object = {}) => {
  const orderId = randomUUID();
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: 'onsale.order-completed.v1',
    source: 'order',
    time: '2026-11-21T10:00:00.123Z',
    data: { orderId, total: 3_000, items: [{ name: '응원봉', quantity: 2 }] },
    ...more,
  };
};
type Event = ReturnType<typeof eventOf>;

const ask = (path: string, options: CallOptions = {}): Promise<Answered> =>
  call(`${platform.url}${path}`, { token: platform.key, ...options });
const deliver = (body: object): Promise<Answered> => ask('/orders', { body });
const fault = async (body: object): Promise<void> => {
  const answer = await ask('/faults', { method: 'PUT', body });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
};
const receiptOf = ({ id, data }: Event) => ({ eventId: id, orderId: data.orderId });
const outcome = ({ status, body }: Answered) => [status, body.code];

async function listed(limit = 1_000): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const { body } = await ask(`/orders?limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    items.push(...body.items);
    cursor = body.next;
  }
  return items;
}
const storedOf = async ({ id }: Event) => (await listed()).filter(({ eventId }) => eventId === id);

describe('a delivery', () => {
  test('is stored once, however often it comes, and shown as it came', async () => {
    const event = eventOf({ subject: 'a subject' });
    const first = await deliver(event);
    expect([first.status, first.body]).toEqual([201, receiptOf(event)]);
    const again = await deliver(event);
    expect([again.status, again.body]).toEqual([200, receiptOf(event)]);
    expect(await storedOf(event)).toEqual([
      { ...receiptOf(event), type: event.type, data: event.data, receivedAt: expect.any(String) },
    ]);
  });

  test('that comes many times at the same moment is new to one of them', async () => {
    const event = eventOf();
    const answers = await Promise.all(Array.from({ length: 12 }, () => deliver(event)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(11).fill(200), 201]);
    expect(await storedOf(event)).toHaveLength(1);
  });

  test.each<[string, (event: Event) => object]>([
    ['data', (event) => ({ ...event, data: { ...event.data, total: 4_000 } })],
    ['a type', (event) => ({ ...event, type: 'onsale.order-cancelled.v1' })],
    ['a time', (event) => ({ ...event, time: '2026-11-21T10:00:01Z' })],
  ])('with the id of an event of other %s is a conflict', async (_, changed) => {
    const event = eventOf();
    await deliver(event);
    expect(outcome(await deliver(changed(event)))).toEqual([409, 'event-id-reused']);
    expect(await storedOf(event)).toMatchObject([{ type: event.type, data: event.data }]);
  });

  test('with fields in another order is the same', async () => {
    const event = eventOf();
    await deliver(event);
    const { data, ...rest } = event;
    const { items, total, orderId } = data;
    expect((await deliver({ data: { items, total, orderId }, ...rest })).status).toBe(200);
  });

  test.each<[string, object]>([
    ['no id', { id: undefined }],
    ['no order', { data: {} }],
    ['another version', { specversion: '0.3' }],
    ['something more', { extension: 1 }],
  ])('with %s is refused', async (_, more) => {
    expect(outcome(await deliver(eventOf(more)))).toEqual([400, 'invalid-request']);
  });
});

describe('the list', () => {
  test('comes in pages, in the order of arrival, and agrees with the count', async () => {
    const events = Array.from({ length: 5 }, () => eventOf());
    for (const event of events) await deliver(event);
    const all = await listed(2);
    expect(all.slice(-5).map(({ eventId }) => eventId)).toEqual(events.map(({ id }) => id));
    expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(all.length);
    expect((await ask('/orders/count')).body).toEqual({ count: all.length });
  });

  test.each(['limit=0', 'limit=1001', 'cursor=nonsense'])('refuses %s', async (query) => {
    expect(outcome(await ask(`/orders?${query}`))).toEqual([400, 'invalid-request']);
  });
});

describe('the key', () => {
  const routes: readonly { method: string; path: string; body?: object }[] = [
    { method: 'POST', path: '/orders', body: { not: 'an event' } },
    { method: 'GET', path: '/orders' },
    { method: 'GET', path: '/orders/count' },
    { method: 'GET', path: '/faults' },
    { method: 'PUT', path: '/faults', body: { mode: 'hang' } },
  ];

  test.each(routes)('is needed for $method $path', async ({ method, path, body }) => {
    const send = (headers: Record<string, string>) =>
      call(`${platform.url}${path}`, { method, headers, ...(body && { body }) });
    expect(outcome(await send({}))).toEqual([401, 'token-missing']);
    for (const key of ['wrong', `${platform.key}x`, platform.key.slice(1)]) {
      expect(outcome(await send({ authorization: `Bearer ${key}` }))).toEqual([401, 'token-invalid']);
    }
    expect(outcome(await send({ authorization: `Basic ${platform.key}` }))).toEqual([401, 'token-invalid']);
  });
});

describe('a fault', () => {
  /** A delivery whose sender waits for so long, or until it has been stored. */
  const deliverAndLeave = async (event: Event, leave: AbortSignal) =>
    fetch(`${platform.url}/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${platform.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: leave,
    }).then(
      ({ status }) => status,
      () => 'left',
    );
  const inFlight = async () => {
    const text = await fetch(`${platform.service.managementUrl}/metrics`).then((response) => response.text());
    return Number(/^http_requests_in_flight\S* (\d+)$/m.exec(text)?.[1]);
  };
  const untilInFlight = async (count: number) => {
    for (let tries = 0; (await inFlight()) !== count; tries += 1) {
      if (tries > 2_000) throw new Error(`never were ${count} in flight`);
    }
  };

  test('is shown as it was asked for', async () => {
    await fault({ mode: 'fail', share: 0.5, only: 'o-1' });
    expect((await ask('/faults')).body).toEqual({
      mode: 'fail',
      delayMs: 1_000,
      status: 503,
      share: 0.5,
      after: 'before',
      only: 'o-1',
    });
    expect(outcome(await ask('/faults', { method: 'PUT', body: { mode: 'explode' } }))[0]).toBe(400);
    expect(outcome(await ask('/faults', { method: 'PUT', body: { mode: 'slow', delayMs: 60_001 } }))[0]).toBe(400);
  });

  test.each([undefined, 422, 500])('fails with the status asked for (%s), and stores nothing', async (status) => {
    await fault({ mode: 'fail', status });
    const event = eventOf();
    expect(outcome(await deliver(event))).toEqual([status ?? 503, 'fault']);
    expect(await storedOf(event)).toEqual([]);
  });

  test('fails after storing: a repeat is the same event', async () => {
    await fault({ mode: 'fail', after: 'storing' });
    const event = eventOf();
    expect((await deliver(event)).status).toBe(503);
    expect(await storedOf(event)).toHaveLength(1);
    await fault({ mode: 'none' });
    expect((await deliver(event)).status).toBe(200);
    expect(await storedOf(event)).toHaveLength(1);
  });

  test.each(['before', 'storing'])('hangs (%s) until the sender hangs up, and leaves nothing behind', async (after) => {
    await fault({ mode: 'hang', after });
    const event = eventOf();
    const leave = new AbortController();
    const answer = deliverAndLeave(event, leave.signal);
    await untilInFlight(1);
    if (after === 'storing') while ((await storedOf(event)).length === 0);
    leave.abort();
    expect(await answer).toBe('left');
    await untilInFlight(0);
    expect(await storedOf(event)).toHaveLength(after === 'storing' ? 1 : 0);
  });

  test('is slow, and does it all the same', async () => {
    await fault({ mode: 'slow', delayMs: 50 });
    const event = eventOf();
    expect((await deliver(event)).status).toBe(201);
    expect(await storedOf(event)).toHaveLength(1);
  });

  test('lies: it says that it stored, and did not', async () => {
    await fault({ mode: 'lie' });
    const event = eventOf();
    const answer = await deliver(event);
    expect([answer.status, answer.body]).toEqual([201, receiptOf(event)]);
    expect(await storedOf(event)).toEqual([]);
  });

  test('hits one order alone', async () => {
    const [hit, spared] = [eventOf(), eventOf()];
    await fault({ mode: 'fail', only: hit.data.orderId });
    expect([(await deliver(hit)).status, (await deliver(spared)).status]).toEqual([503, 201]);
  });

  test('is refused where it is not allowed', async () => {
    const strict = await startDataPlatform({ env: { DATA_PLATFORM_FAULTS: 'refused' } });
    const told = await call(`${strict.url}/faults`, { method: 'PUT', token: strict.key, body: { mode: 'hang' } });
    expect(outcome(told)).toEqual([403, 'faults-refused']);
    const delivered = await call(`${strict.url}/orders`, { token: strict.key, body: eventOf() });
    expect(delivered.status).toBe(201);
    await strict.stop();
  });
});
