import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type Lease, leaseSchema } from '../lease.ts';

/** What the server does to a call instead of serving it. */
export type Fault = { readonly status: number } | 'hang' | 'flood';

/** An HTTP server that keeps Leases as the API server of Kubernetes does. */
export interface LeaseServer {
  readonly url: string;
  /** With the token that the server asks for. */
  readonly credentialsFolder: string;
  /** Asked for each call; undefined: serve it. */
  fault: (method: string) => Fault | undefined;
  lease(name: string): Lease | undefined;
  /** Changes a lease as somebody else, from outside. */
  write(name: string, change: (lease: Lease) => Lease | undefined): void;
  /** Method and status of each call that was answered. */
  readonly answered: readonly string[];
  /** The server takes this token only from now on, and the credentials have it. */
  renewToken(token: string): Promise<void>;
  stop(): Promise<void>;
}

const namespace = 'shop';
const root = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
const creation = z.looseObject({
  apiVersion: z.literal('coordination.k8s.io/v1'),
  kind: z.literal('Lease'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}),
});
const microTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const strictSpec = z.looseObject({ renewTime: microTime.optional(), acquireTime: microTime.optional() });

export async function startLeaseServer(): Promise<LeaseServer> {
  const leases = new Map<string, Lease>();
  const answered: string[] = [];
  let version = 0;
  let token = 'first-token';
  const credentialsFolder = await mkdtemp(join(tmpdir(), 'service-account-'));
  const writeToken = () => writeFile(join(credentialsFolder, 'token'), `${token}\n`);
  await writeToken();

  const store = (lease: object): Lease => {
    version += 1;
    const parsed = leaseSchema.parse(lease);
    strictSpec.parse(parsed.spec);
    const stored = { ...parsed, metadata: { ...parsed.metadata, resourceVersion: String(version) } };
    leases.set(stored.metadata.name, stored);
    return stored;
  };

  const create = (body: unknown): [number, object] => {
    const lease = creation.parse(body);
    if (leases.has(lease.metadata.name)) return [409, { message: `leases "${lease.metadata.name}" already exists` }];
    return [201, store({ ...lease, metadata: { ...lease.metadata, resourceVersion: '0' } })];
  };
  const replace = (known: Lease, body: unknown): [number, object] => {
    const lease = leaseSchema.parse(body);
    if (lease.metadata.resourceVersion !== known.metadata.resourceVersion) {
      return [409, { message: 'the object has been modified' }];
    }
    return [200, store(lease)];
  };
  const serve = async (request: IncomingMessage): Promise<[number, object]> => {
    const { method = '', url = '', headers } = request;
    if (headers.authorization !== `Bearer ${token}`) return [401, { message: 'Unauthorized' }];
    const body: unknown = method === 'GET' ? undefined : JSON.parse(await text(request));
    if (method === 'POST' && url === root) return create(body);
    const known = leases.get(url.slice(root.length + 1));
    if (!url.startsWith(`${root}/`) || known === undefined) return [404, { message: `${url} not found` }];
    return method === 'PUT' ? replace(known, body) : [200, known];
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = server.fault(request.method ?? '');
    if (fault === 'hang') return;
    if (fault === 'flood') {
      const more = () => response.write(Buffer.alloc(64 * 1024, ' '), () => response.destroyed || more());
      more();
      return;
    }
    const [status, body] = fault ? [fault.status, { message: 'a fault' }] : await serve(request);
    answered.push(`${request.method} ${status}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      answered.push(`${request.method} 400`);
      response.writeHead(400).end(JSON.stringify({ message: String(error) }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = http.address();
  if (address === null || typeof address === 'string') throw new Error('the lease server has no port');

  const server: LeaseServer = {
    url: `http://127.0.0.1:${address.port}`,
    credentialsFolder,
    fault: () => undefined,
    lease: (name) => leases.get(name),
    write(name, change) {
      const before = leases.get(name);
      if (before === undefined) throw new Error(`there is no lease ${name}`);
      const after = change(before);
      if (after === undefined) leases.delete(name);
      else store(after);
    },
    answered,
    async renewToken(renewed) {
      token = renewed;
      await writeToken();
    },
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await rm(credentialsFolder, { recursive: true });
    },
  };
  return server;
}
