import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunningService } from '@onsale/platform/service';
import { call, startRedis, type TestKeys, type TestRedis, testKeys, until } from '@onsale/tests/support';
import { startBalancer, type TestBalancer } from './testing/test-balancer.ts';
import { startGateway } from './testing/test-gateway.ts';
import { startPod, type TestPod } from './testing/test-pod.ts';

let redis: TestRedis;
let keys: TestKeys;
let balancer: TestBalancer;
let running: { stop(): Promise<unknown> }[] = [];

beforeAll(async () => {
  [redis, keys] = await Promise.all([startRedis(), testKeys()]);
});
beforeEach(async () => {
  balancer = await startBalancer();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
  await balancer.stop();
});
afterAll(() => Promise.all([redis?.stop(), keys?.close()]));

async function pod(name: string, options?: Parameters<typeof startPod>[1]): Promise<TestPod> {
  const started = await startPod(name, options);
  running.push(started);
  balancer.targets.add(started);
  return started;
}

async function gatewayTo(env: Record<string, string> = {}): Promise<RunningService> {
  const gateway = await startGateway({
    upstreams: { shop: [{ address: { url: balancer.url } }] },
    redisUrl: redis.url,
    jwksUrl: keys.jwksUrl,
    env: { GATEWAY_USER_LIMIT: '1000000', ...env },
  });
  running.push(gateway);
  return gateway;
}

const get = (gateway: RunningService) => call(`${gateway.url}/open/shop`);
const post = (gateway: RunningService) => call(`${gateway.url}/open/shop`, { body: { a: 1 } });
const served = (gateway: RunningService) => until('it to be served', async () => (await post(gateway)).status === 200);

/** Requests at a steady rate, POST and GET in turn, whether or not those before them were answered. */
function steadyLoad(gateway: RunningService, perSecond: number) {
  const answers: Promise<string>[] = [];
  let stopped = false;
  const send = async () => {
    const begun = performance.now();
    while (!stopped) {
      const ask = answers.length % 2 === 0 ? post : get;
      answers.push(
        ask(gateway).then(
          ({ status, body }) => `${status} ${body?.code ?? ''}`,
          (error: unknown) => String(error),
        ),
      );
      await pause(Math.max(0, begun + (answers.length * 1_000) / perSecond - performance.now()));
    }
  };
  const sending = send();
  return {
    async outcomes(): Promise<Record<string, number>> {
      stopped = true;
      await sending;
      const counts: Record<string, number> = {};
      for (const outcome of await Promise.all(answers)) counts[outcome] = (counts[outcome] ?? 0) + 1;
      return counts;
    },
  };
}

describe('an address that balances by itself', () => {
  test('loses no request while all behind it are replaced, one after the other', async () => {
    const drainMs = 1_500;
    const before = await Promise.all(['a', 'b'].map((name) => pod(name, { drainMs })));
    const gateway = await gatewayTo({ GATEWAY_CONNECTION_TTL_MS: '500' });
    await served(gateway);
    const load = steadyLoad(gateway, 50);
    await until('both to be used', async () => before.every(({ answered }) => answered > 0));
    const after: TestPod[] = [];
    for (const leaving of before) {
      const coming = await pod(`new ${after.length}`, { drainMs });
      after.push(coming);
      await until('the new one to be used', async () => coming.answered > 0);
      await leaving.stop();
      balancer.targets.delete(leaving);
    }
    await pause(500);
    const outcomes = await load.outcomes();
    expect(Object.keys(outcomes)).toEqual(['200 ']);
    expect(outcomes['200 ']).toBeGreaterThan(50);
    for (const each of [...before, ...after]) expect(each.answered).toBeGreaterThan(0);
  });

  test('with nobody ready: 503 with a word on when to come back, and 200 as soon as one is', async () => {
    const only = await pod('only');
    const gateway = await gatewayTo();
    await served(gateway);
    await only.stop();
    await until('the balancer to know', async () => !balancer.listening);
    const { status, headers, body } = await post(gateway);
    expect({ status, code: body.code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'service-unavailable',
      retryAfter: '1',
    });
    await pod('next');
    await until('the next one to be used', async () => (await post(gateway)).status === 200);
  });

  test('that refuses for a moment is asked again, a POST too', async () => {
    await pod('only');
    await until('the pod to be ready', async () => balancer.listening);
    const gateway = await gatewayTo();
    const [, ...answers] = await Promise.all([balancer.refuse(40), post(gateway), get(gateway), post(gateway)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('gives those that come later their share of the connections that are long in use', async () => {
    const first = await pod('first');
    const gateway = await gatewayTo({ GATEWAY_CONNECTION_TTL_MS: '300' });
    await served(gateway);
    const load = steadyLoad(gateway, 100);
    const second = await pod('second');
    await until('the second to be used', async () => second.answered > 20);
    const [had, made] = [first.answered, balancer.connections];
    await until('the first to be used still', async () => first.answered > had + 20);
    expect(Object.keys(await load.outcomes())).toEqual(['200 ']);
    expect(balancer.connections).toBeGreaterThan(made);
  });

  test('keeps its connections for good where that is asked for', async () => {
    await pod('first');
    const gateway = await gatewayTo({ GATEWAY_CONNECTION_TTL_MS: '0' });
    await served(gateway);
    for (let count = 0; count < 20; count += 1) await post(gateway);
    await pod('second');
    await pause(300);
    const made = balancer.connections;
    for (let count = 0; count < 20; count += 1) await post(gateway);
    expect(balancer.connections).toBe(made);
  });

  test('is not cut off when an answer takes longer than its connection is to live', async () => {
    await pod('slow', { workMs: 900 });
    const gateway = await gatewayTo({ GATEWAY_CONNECTION_TTL_MS: '200' });
    await until('the pod to be ready', async () => balancer.listening);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        await pause(index * 60);
        return index % 2 === 0 ? post(gateway) : get(gateway);
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  });

  test('describes itself in the joined document', async () => {
    await pod('only');
    const gateway = await gatewayTo();
    await served(gateway);
    const { body } = await call(`${gateway.url}/openapi.json`);
    expect(body['x-unavailable-services']).toBeUndefined();
    expect(Object.keys(body.paths)).toContain('/open/shop');
  });
});
