import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunningService } from '@onsale/platform/service';
import { type Answered, call, startRedis, type TestKeys, type TestRedis, testKeys, until } from '@onsale/tests/support';
import { startGateway } from './testing/test-gateway.ts';
import { echo, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

const LIMIT = 10;
let redis: TestRedis;
let keys: TestKeys;
let upstream: TestUpstream;
let gateways: RunningService[];

beforeAll(async () => {
  [redis, keys, upstream] = await Promise.all([startRedis(), testKeys(), startUpstream(echo)]);
  const options = {
    upstreams: { shop: [upstream] },
    redisUrl: redis.url,
    jwksUrl: keys.jwksUrl,
    env: {
      GATEWAY_USER_LIMIT: String(LIMIT),
      GATEWAY_USER_WINDOW_SECONDS: '60',
      GATEWAY_ADDRESS_LIMIT: String(LIMIT),
      GATEWAY_ADDRESS_WINDOW_SECONDS: '60',
      GATEWAY_TRUSTED_HOPS: '1',
    },
  };
  gateways = await Promise.all([startGateway(options), startGateway(options)]);
});

afterAll(async () => {
  await Promise.all((gateways ?? []).map((gateway) => gateway.stop()));
  await Promise.all([redis?.stop(), keys?.close(), upstream?.stop()]);
});

const url = (path: string, index = 0) => `${gateways[index % 2]?.url}${path}`;
const count = (answers: Answered[], status: number) => answers.filter((answer) => answer.status === status).length;
const times = <T>(number: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: number }, (_, index) => make(index)));

describe('tokens', () => {
  test('of a stranger are refused before the service sees them', async () => {
    const seen = upstream.seen.length;
    for (const token of ['nonsense', `${await keys.mint({ sub: 'u' })}x`]) {
      const { status, body, headers } = await call(url('/api/shop'), { token });
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'token-invalid' });
      expect(headers.get('www-authenticate')).toContain('Bearer');
    }
    expect(upstream.seen.length).toBe(seen);
  });

  test('are not needed to reach the service, which says what it wants', async () => {
    const { status, body } = await call(url('/api/shop'));
    expect({ status, authorization: body.headers.authorization }).toEqual({ status: 200, authorization: undefined });
  });

  test('are neither checked nor passed on where anyone may call', async () => {
    const { status, body } = await call(url('/open/shop'), { token: 'nonsense' });
    expect({ status, authorization: body.headers.authorization }).toEqual({ status: 200, authorization: undefined });
  });
});

describe('rate limits', () => {
  test('are per user, over all gateways, and say what is left', async () => {
    const [token, other] = await Promise.all([keys.mint({ sub: 'busy' }), keys.mint({ sub: 'calm' })]);
    const answers = await times(LIMIT + 5, (index) => call(url('/api/shop', index), { token }));
    expect([count(answers, 200), count(answers, 429)]).toEqual([LIMIT, 5]);
    const { status, headers, body } = await call(url('/api/shop'), { token });
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'rate-limited' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(headers.get('ratelimit-remaining')).toBe('0');

    const calm = await call(url('/api/shop'), { token: other });
    expect(calm.status).toBe(200);
    expect(calm.headers.get('ratelimit-limit')).toBe(String(LIMIT));
    expect(calm.headers.get('ratelimit-remaining')).toBe(String(LIMIT - 1));
  });

  test('are per address on the routes of strangers only', async () => {
    const from = (address: string) => ({ headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } });
    const answers = await times(LIMIT + 5, (index) => call(url('/auth/shop', index), from('10.1.1.1')));
    expect([count(answers, 200), count(answers, 429)]).toEqual([LIMIT, 5]);
    expect((await call(url('/auth/shop'), from('10.1.1.2'))).status).toBe(200);
    expect((await call(url('/open/shop'), from('10.1.1.1'))).status).toBe(200);
  });

  test('go on in each gateway when Redis is lost or hangs, and are shared again when it is back', async () => {
    const token = await keys.mint({ sub: 'survivor' });
    const allowedOf = async (sub: string) => {
      const own = await keys.mint({ sub });
      return count(await times(2 * LIMIT, (index) => call(url('/api/shop', index), { token: own })), 200);
    };
    await redis.server.pause();
    expect((await call(url('/api/shop'), { token })).status).toBe(200);
    expect((await call(url('/api/shop', 1), { token })).status).toBe(200);
    expect(count(await times(4, (index) => call(url('/api/shop', index), { token })), 200)).toBe(4);
    await redis.server.resume();

    let attempt = 0;
    await until('the limit to be shared', async () => {
      attempt += 1;
      return (await allowedOf(`patient-${attempt}`)) === LIMIT;
    });
    await redis.server.kill();
    expect(await allowedOf('alone')).toBe(2 * LIMIT);
    await redis.server.restart();
    await until('the limit to be shared again', async () => {
      attempt += 1;
      return (await allowedOf(`patient-${attempt}`)) === LIMIT;
    });
  });
});
