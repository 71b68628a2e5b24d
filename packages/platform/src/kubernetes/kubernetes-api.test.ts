import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type KubernetesApi, openKubernetesApi } from './kubernetes-api.ts';

let credentialsFolder = '';
let ends: (() => unknown)[] = [];

beforeEach(async () => {
  credentialsFolder = await mkdtemp(join(tmpdir(), 'service-account-'));
  await writeFile(join(credentialsFolder, 'token'), 'the-token\n');
  await writeFile(join(credentialsFolder, 'ca.crt'), rootCertificates[0] ?? '');
  ends = [() => rm(credentialsFolder, { recursive: true })];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

async function apiOn(server: Server, scheme: 'http' | 'https', timeoutMs = 300): Promise<KubernetesApi> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const api = openKubernetesApi({ url: `${scheme}://127.0.0.1:${port}`, credentialsFolder, timeoutMs });
  ends.push(
    () => server.close(),
    () => sockets.forEach((socket) => void socket.destroy()),
    () => api.close(),
  );
  return api;
}

const serving = (listener: RequestListener) => apiOn(createHttpServer(listener), 'http');
const get = (api: KubernetesApi, signal?: AbortSignal) => api.call({ method: 'GET', path: '/apis' }, signal);

/** Well before what would otherwise end a call, if anything did. */
const soonMs = 10_000;

async function msUntilRejected(work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await expect(work).rejects.toThrow();
  return performance.now() - begun;
}

describe('a call of the API server', () => {
  test('brings the token, and tells status and body', async () => {
    const api = await serving((request, response) => {
      response.writeHead(201).end(JSON.stringify({ said: request.headers.authorization, method: request.method }));
    });
    expect(await api.call({ method: 'POST', path: '/apis', body: { a: 1 } })).toEqual({
      status: 201,
      body: { said: 'Bearer the-token', method: 'POST' },
    });
    await writeFile(join(credentialsFolder, 'token'), 'the-next');
    expect((await get(api)).body).toEqual({ said: 'Bearer the-next', method: 'GET' });
  });

  test('has no body when the answer is not JSON', async () => {
    const api = await serving((_, response) => response.writeHead(502).end('<html>'));
    expect(await get(api)).toEqual({ status: 502, body: undefined });
  });

  test('ends in time when the server never answers, or does not end its answer', async () => {
    for (const answer of [() => undefined, (response: Parameters<RequestListener>[1]) => response.write('{')]) {
      const api = await serving((_, response) => void answer(response));
      expect(await msUntilRejected(get(api))).toBeLessThan(soonMs);
    }
  });

  test('ends in time when the server accepts connections and says nothing', async () => {
    const api = await apiOn(createServer(), 'https');
    expect(await msUntilRejected(get(api))).toBeLessThan(soonMs);
  });

  test('ends at once when it is given up, though it still waits for its connection', async () => {
    const api = await apiOn(createServer(), 'https', 30_000);
    const given = new AbortController();
    setTimeout(() => given.abort(), 50);
    expect(await msUntilRejected(get(api, given.signal))).toBeLessThan(soonMs);
  });

  test('is refused when the answer is too large', async () => {
    const api = await serving((_, response) => response.end(Buffer.alloc(1024 * 1024, ' ')));
    await expect(get(api)).rejects.toThrow('size');
  });

  test('fails when there are no credentials', async () => {
    const api = await serving((_, response) => response.end('{}'));
    await rm(join(credentialsFolder, 'token'));
    await expect(get(api)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
