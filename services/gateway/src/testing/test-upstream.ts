import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { freePort } from '@onsale/tests/support';

/** A service of a test's own behind the gateway: a real HTTP server that behaves as the test says. */
export interface TestUpstream {
  readonly address: { url: string; health: string };
  /** Heads of the requests it got, in order. */
  readonly seen: IncomingMessage[];
  /** What its readiness check answers. */
  readiness: number;
  /** Ends it at once, its connections included; a later start takes the same ports. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

function listen(server: Server, port: number | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Starts an upstream with this behaviour. */
export async function startUpstream(behave: RequestListener): Promise<TestUpstream> {
  const seen: IncomingMessage[] = [];
  let readiness = 200;
  const handlers: RequestListener[] = [
    (request, response) => {
      seen.push(request);
      behave(request, response);
    },
    (_request, response) => response.writeHead(readiness).end(),
  ];
  const ports = [await freePort(), await freePort()];
  let servers: Server[] = [];
  const start = async () => {
    servers = handlers.map((handler) => createServer(handler));
    for (const [index, server] of servers.entries()) await listen(server, ports[index]);
  };
  await start();
  return {
    address: { url: `http://127.0.0.1:${ports[0]}`, health: `http://127.0.0.1:${ports[1]}/readyz` },
    seen,
    get readiness() {
      return readiness;
    },
    set readiness(status) {
      readiness = status;
    },
    start,
    async stop() {
      await Promise.all(servers.map(close));
    },
  };
}

/** Behaviour: answers with what was asked, the body included. */
export const echo: RequestListener = async (request, response) => {
  const body = await text(request).catch(() => undefined);
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
};
