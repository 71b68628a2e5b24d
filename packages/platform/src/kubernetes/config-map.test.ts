import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type ConfigMap, openConfigMap } from './config-map.ts';
import { type KubernetesApi, openKubernetesApi } from './kubernetes-api.ts';

const path = '/api/v1/namespaces/shop/configmaps/topology';
const patch = z.strictObject({
  metadata: z.strictObject({ resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()),
});

let credentialsFolder: string;
let server: Server;
let api: KubernetesApi;
let topology: ConfigMap;
/** As the API server has it: without entries there is no `data`. */
let stored: { metadata: { resourceVersion: string }; data?: Record<string, string> };

beforeEach(async () => {
  credentialsFolder = await mkdtemp(join(tmpdir(), 'service-account-'));
  await writeFile(join(credentialsFolder, 'token'), 'the-token');
  stored = { metadata: { resourceVersion: '7' } };
  server = createServer(async (request, response) => {
    const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (request.url !== path) return answer(404, { message: `${request.url} not found` });
    if (request.method === 'GET') return answer(200, stored);
    if (request.headers['content-type'] !== 'application/merge-patch+json') return answer(415, {});
    const { metadata, data } = patch.parse(JSON.parse(await text(request)));
    if (metadata.resourceVersion !== stored.metadata.resourceVersion) return answer(409, {});
    stored = { metadata: { resourceVersion: '8' }, data: { ...stored.data, ...data } };
    return answer(200, stored);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  api = openKubernetesApi({ url: `http://127.0.0.1:${port}`, credentialsFolder, timeoutMs: 1_000 });
  topology = openConfigMap(api, 'shop', 'topology');
});
afterEach(async () => {
  await api.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(credentialsFolder, { recursive: true });
});

test('a ConfigMap without entries is empty', async () => {
  expect(await topology.read()).toEqual({ data: {}, version: '7' });
});

test('entries are changed, and the others stay', async () => {
  stored.data = { primary: 'one', other: 'kept' };
  const { version } = await topology.read();
  expect(await topology.change({ primary: 'two' }, version)).toBe(true);
  expect(await topology.read()).toEqual({ data: { primary: 'two', other: 'kept' }, version: '8' });
});

test('nothing is changed when somebody else did meanwhile', async () => {
  expect(await topology.change({ primary: 'two' }, '6')).toBe(false);
  expect(await topology.read()).toEqual({ data: {}, version: '7' });
});

test('a ConfigMap that is not there is refused in the words of the API server', async () => {
  const missing = openConfigMap(api, 'shop', 'none');
  await expect(missing.read()).rejects.toThrow('the API server answered 404: /api/v1/namespaces/shop/configmaps/none');
  await expect(missing.change({ a: 'b' }, '1')).rejects.toMatchObject({ status: 404 });
});
