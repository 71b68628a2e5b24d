import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asyncApi, topics } from '@onsale/contracts';
import { deadLetterTopicOf } from '@onsale/platform/messaging';
import type { RunningService } from '@onsale/platform/service';
import { call, startRedis, type TestKeys, type TestRedis, testKeys, until } from '@onsale/tests/support';
import { startGateway } from './testing/test-gateway.ts';
import { startUpstream, type TestUpstream } from './testing/test-upstream.ts';

let redis: TestRedis;
let keys: TestKeys;
let upstreams: { shop: TestUpstream[]; stall: TestUpstream[] };
let gateway: RunningService;

const describing = (service: string) =>
  startUpstream((_request, response) => {
    const operation = { operationId: 'list', responses: { 200: { description: 'ok' } } };
    const document = {
      openapi: '3.1.0',
      info: { title: service, version: '1' },
      paths: {
        [`/api/${service}/{id}`]: { get: operation },
        [`/internal/${service}`]: { get: operation },
      },
      components: { schemas: { Item: { type: 'object', title: service } } },
    };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(document));
  });

beforeAll(async () => {
  [redis, keys] = await Promise.all([startRedis(), testKeys()]);
  upstreams = { shop: [await describing('shop')], stall: [await describing('stall')] };
  gateway = await startGateway({ upstreams, redisUrl: redis.url, jwksUrl: keys.jwksUrl });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all(Object.values(upstreams ?? {}).flatMap((instances) => instances.map((one) => one.stop())));
  await Promise.all([redis?.stop(), keys?.close()]);
});

const document = () => call(`${gateway.url}/openapi.json`);

describe('the joined description', () => {
  test('names what does not answer, holds what the gateway routes, and is asked for once however many want it', async () => {
    await upstreams.stall[0]?.stop();
    const alone = await document();
    expect(alone.status).toBe(200);
    expect(Object.keys(alone.body.paths)).toEqual(['/api/shop/{id}']);
    expect(alone.body['x-unavailable-services']).toEqual(['stall']);

    await upstreams.stall[0]?.start();
    const joined = await until('both services', async () => {
      const { body } = await document();
      return body['x-unavailable-services'] === undefined && body;
    });
    expect(joined.openapi).toBe('3.1.0');
    expect(Object.keys(joined.paths)).toEqual(['/api/shop/{id}', '/api/stall/{id}']);
    expect(Object.keys(joined.components.schemas)).toEqual(['Item', 'stall.Item']);

    const asked = upstreams.shop[0]?.seen.length;
    await Promise.all(Array.from({ length: 20 }, document));
    expect(upstreams.shop[0]?.seen.length).toBe(asked);
  });
});

describe('the description of the events', () => {
  test('is AsyncAPI 3.0 for anyone, and the joined description points to it', async () => {
    const { status, body } = await call(`${gateway.url}/asyncapi.json`);
    expect(status).toBe(200);
    expect(body).toEqual(asyncApi());
    expect((await document()).body.externalDocs.url).toBe('/asyncapi.json');
  });

  test('names the dead letters as consumers do', () => {
    const addresses = Object.values(asyncApi().channels).map(({ address }) => address);
    expect(addresses).toEqual(expect.arrayContaining(topics.map(deadLetterTopicOf)));
  });
});

describe('the reference page', () => {
  test.each([
    ['/docs', 'text/html'],
    ['/docs/start.js', 'javascript'],
    ['/docs/swagger-ui-bundle.js', 'javascript'],
    ['/docs/swagger-ui.css', 'text/css'],
    ['/docs/favicon-32x32.png', 'image/png'],
  ])('%s comes from here, under a policy without exceptions', async (path, type) => {
    const response = await fetch(`${gateway.url}${path}`);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
  });

  test('has nothing inline and nothing from elsewhere', async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    expect(page).not.toMatch(/<script>|<style|style=|\son\w+=|https?:\/\//);
  });

  test('gives no other file of its folder away', async () => {
    for (const path of ['/docs/package.json', '/docs/..%2fpackage.json', '/docs/index.html']) {
      expect((await fetch(`${gateway.url}${path}`)).status).toBe(404);
    }
  });
});
