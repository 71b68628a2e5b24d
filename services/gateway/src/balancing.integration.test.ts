import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunningService } from '@onsale/platform/service';
import { call, startRedis, type TestKeys, type TestRedis, testKeys, until } from '@onsale/tests/support';
import { startGateway } from './testing/test-gateway.ts';
import { echo, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

let redis: TestRedis;
let keys: TestKeys;
let running: { stop(): Promise<unknown> }[] = [];

beforeAll(async () => {
  [redis, keys] = await Promise.all([startRedis(), testKeys()]);
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
});
afterAll(() => Promise.all([redis?.stop(), keys?.close()]));

async function upstream(behave: RequestListener = echo): Promise<TestUpstream> {
  const started = await startUpstream(behave);
  running.push(started);
  return started;
}

async function gatewayTo(instances: TestUpstream[], env: Record<string, string> = {}): Promise<RunningService> {
  const gateway = await startGateway({
    upstreams: { shop: instances },
    redisUrl: redis.url,
    jwksUrl: keys.jwksUrl,
    env,
  });
  running.push(gateway);
  return gateway;
}

const get = (gateway: RunningService) => call(`${gateway.url}/open/shop`);
const post = (gateway: RunningService) => call(`${gateway.url}/open/shop`, { body: { a: 1 } });
const codeOf = async (answer: ReturnType<typeof call>) => {
  const { status, body } = await answer;
  return `${status} ${body?.code}`;
};

/** Gives up the connection of every request before the answer, the first time or always. */
function dying(times: number): RequestListener {
  let left = times;
  return (request, response) => {
    left -= 1;
    if (left >= 0) request.socket.destroy();
    else echo(request, response);
  };
}

describe('several instances', () => {
  test('share the requests', async () => {
    const instances = [await upstream(), await upstream()];
    const gateway = await gatewayTo(instances);
    await Promise.all(Array.from({ length: 40 }, () => get(gateway)));
    for (const { seen } of instances) expect(seen.length).toBeGreaterThan(5);
  });

  test('of which one was killed: no request fails, whatever its method, and it is used again when it is back', async () => {
    const [dead, alive] = [await upstream(), await upstream()];
    // Checks too rare to help: only the refused connections tell.
    const gateway = await gatewayTo([dead, alive], { GATEWAY_HEALTH_INTERVAL_MS: '500' });
    await Promise.all(Array.from({ length: 10 }, () => post(gateway)));
    await dead.stop();
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(gateway)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.every(({ body }) => body.body === '{"a":1}')).toBe(true);

    const before = dead.seen.length;
    await dead.start();
    await until('the instance to be used again', async () => {
      await post(gateway);
      return dead.seen.length > before;
    });
  });

  test('of which one says it is not ready: it gets no requests', async () => {
    const [leaving, staying] = [await upstream(), await upstream()];
    const gateway = await gatewayTo([leaving, staying]);
    leaving.readiness = 503;
    await until('it to be left alone', async () => {
      const before = leaving.seen.length;
      await Promise.all(Array.from({ length: 10 }, () => get(gateway)));
      return leaving.seen.length === before;
    });
    leaving.readiness = 200;
    await until('it to be used again', async () => {
      const before = leaving.seen.length;
      await Promise.all(Array.from({ length: 10 }, () => get(gateway)));
      return leaving.seen.length > before;
    });
  });

  test('all gone: 503 with a word on when to come back, and 200 when one is back', async () => {
    const only = await upstream();
    const gateway = await gatewayTo([only]);
    await only.stop();
    const { status, headers, body } = await post(gateway);
    expect({ status, code: body.code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'service-unavailable',
      retryAfter: '1',
    });
    await only.start();
    await until('it to be back', async () => (await post(gateway)).status === 200);
  });
});

describe('an instance that dies before it answers', () => {
  test('is asked once more for a GET', async () => {
    const gateway = await gatewayTo([await upstream(dying(1))]);
    expect((await get(gateway)).status).toBe(200);
  });

  test('and again: 502', async () => {
    const gateway = await gatewayTo([await upstream(dying(2))]);
    expect(await codeOf(get(gateway))).toBe('502 upstream-failed');
  });

  test('never gets a POST twice: 502', async () => {
    const instance = await upstream(dying(1));
    const gateway = await gatewayTo([instance]);
    expect(await codeOf(post(gateway))).toBe('502 upstream-failed');
    expect(instance.seen.length).toBe(1);
  });
});

test('an answer that breaks off is broken off for the client too', async () => {
  const gateway = await gatewayTo([
    await upstream((request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.write('half of', () => request.socket.destroy());
    }),
  ]);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${gateway.url}/open/shop`, resolve).once('error', reject).end();
  });
  await expect(response.toArray()).rejects.toThrow('aborted');
});

describe('an instance that hangs', () => {
  test('costs its time-out: 504', async () => {
    const hanging = await upstream(() => undefined);
    const gateway = await gatewayTo([hanging], { GATEWAY_ANSWER_TIMEOUT_MS: '200' });
    expect(await codeOf(get(gateway))).toBe('504 upstream-timed-out');
    expect(await codeOf(post(gateway))).toBe('504 upstream-timed-out');
    expect(hanging.seen.length).toBe(2);
  });

  test.each([
    { first: 'the wait for a connection', env: { GATEWAY_QUEUE_TIMEOUT_MS: '100' } },
    { first: 'the time of the whole', env: { GATEWAY_ANSWER_TIMEOUT_MS: '1000', GATEWAY_QUEUE_TIMEOUT_MS: '60000' } },
  ])('with all connections in use never sees who waits: 503 when $first is over', async ({ env }) => {
    const answers: (() => void)[] = [];
    // An answer that has begun holds its connection, and has all its time.
    const slow = await upstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      answers.push(() => response.end('{}'));
    });
    const gateway = await gatewayTo([slow], { GATEWAY_CONNECTIONS_PER_INSTANCE: '1', ...env });
    const first = post(gateway);
    await until('the first to arrive', async () => slow.seen.length === 1);
    const waited = await post(gateway);
    expect([waited.status, waited.body.code, waited.headers.get('retry-after')]).toEqual([503, 'overloaded', '1']);
    answers[0]?.();
    await first;
    const next = post(gateway);
    await until('the next to arrive', async () => slow.seen.length === 2);
    answers[1]?.();
    expect((await next).status).toBe(200);
    expect(slow.seen).toHaveLength(2);
  });

  test('is told when the client leaves', async () => {
    let left = false;
    const hanging = await upstream((_request, response) => response.once('close', () => (left = true)));
    const gateway = await gatewayTo([hanging]);
    const request = httpRequest(`${gateway.url}/open/shop`);
    request.once('error', () => undefined).end();
    await until('the request to arrive', async () => hanging.seen.length === 1);
    request.destroy();
    await until('the instance to hear of it', async () => left);
  });

  test('in the middle of an answer is cut off', async () => {
    const gateway = await gatewayTo(
      [
        await upstream((_request, response) => {
          response.writeHead(200, { 'Content-Length': '10' }).write('half');
        }),
      ],
      { GATEWAY_STALL_TIMEOUT_MS: '300' },
    );
    await expect(get(gateway)).rejects.toThrow();
  });

  test('slowly, but answers, is no failure', async () => {
    const slow = await upstream((request, response) => setTimeout(() => echo(request, response), 300));
    const gateway = await gatewayTo([slow]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(gateway)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  });
});

describe('a service that answers most too late', () => {
  const TARGET_MS = 200;
  const limitOf = async (gateway: RunningService) => {
    const metrics = await (await fetch(`${gateway.managementUrl}/metrics`)).text();
    return Number(/gateway_in_flight_limit\{.*service="shop".*\} (\d+)/.exec(metrics)?.[1]);
  };

  test('gets fewer at once; who finds no place is never sent there, and told when to come again', async () => {
    const waiting: (() => void)[] = [];
    const slow = await upstream((request, response) => waiting.push(() => echo(request, response)));
    const gateway = await gatewayTo([slow], {
      GATEWAY_LATENCY_TARGET_MS: `${TARGET_MS}`,
      GATEWAY_ANSWER_TIMEOUT_MS: '60000',
    });
    /** Sends so many at once and, when so many have arrived and the others were refused, has them answered after a while. */
    async function round(count: number, arriving: number, answerAfterMs: number) {
      let refused = 0;
      const answers = Array.from({ length: count }, async () => {
        const answer = await post(gateway);
        if (answer.status === 503) refused += 1;
        return answer;
      });
      await until(
        'all to arrive or be refused',
        async () => waiting.length === arriving && refused === count - arriving,
      );
      await pause(answerAfterMs);
      for (const answer of waiting.splice(0)) answer();
      return Promise.all(answers);
    }
    // Somebody waits all the time: a service with nobody waiting is trusted more by the second.
    const patient = post(gateway);
    await until('the first to arrive', async () => waiting.length === 1);
    const [answerPatient] = waiting.splice(0);
    await until('the limit to be learned', async () => {
      await round(20, 20, 2 * TARGET_MS);
      return (await limitOf(gateway)) === 16;
    });

    const [seenBefore, shed] = [slow.seen.length, 4];
    const answers = await round(15 + shed, 15, 0);
    const refused = answers.filter(({ status }) => status === 503);
    expect(slow.seen.length - seenBefore).toBe(15);
    expect(refused.map(({ body, headers }) => [body.code, headers.get('retry-after')])).toEqual(
      Array.from({ length: shed }, () => ['overloaded', '1']),
    );
    expect(await (await fetch(`${gateway.managementUrl}/metrics`)).text()).toMatch(
      /gateway_requests_shed_total\{.*service="shop".*\} 4/,
    );

    await until('it to be trusted again', async () => {
      await round(15, 15, 0);
      return (await limitOf(gateway)) >= 32;
    });
    expect((await round(31, 31, 0)).every(({ status }) => status === 200)).toBe(true);
    answerPatient?.();
    expect((await patient).status).toBe(200);
  });
});

test('a gateway that stops finishes what it is doing', async () => {
  const slow = await upstream((request, response) => setTimeout(() => echo(request, response), 300));
  const gateway = await gatewayTo([slow]);
  const answer = post(gateway);
  await until('the request to arrive', async () => slow.seen.length === 1);
  await gateway.stop();
  expect((await answer).status).toBe(200);
});

test('readiness that answers late three times takes an instance out, once does not', async () => {
  const { createServer } = await import('node:http');
  let late = 0;
  const health = createServer((_request, response) => {
    setTimeout(() => response.writeHead(200).end(), late);
  }).listen(0, '127.0.0.1');
  await once(health, 'listening');
  const instance = await upstream();
  const port = Object(health.address()).port;
  const gateway = await gatewayTo(
    [{ ...instance, address: { ...instance.address, health: `http://127.0.0.1:${port}/` } }],
    {
      GATEWAY_HEALTH_INTERVAL_MS: '50',
      GATEWAY_HEALTH_TIMEOUT_MS: '100',
    },
  );
  expect((await get(gateway)).status).toBe(200);
  late = 1_000;
  await until('it to be taken out', async () => (await get(gateway)).status === 503);
  late = 0;
  await until('it to be back', async () => (await get(gateway)).status === 200);
  health.closeAllConnections();
  health.close();
});
