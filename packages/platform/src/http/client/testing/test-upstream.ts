import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { freePort } from '@onsale/tests/support';
import { Registry } from 'prom-client';
import { createLogger } from '../../../telemetry/create-logger.ts';
import { createHttpClient } from '../create-http-client.ts';
import type { HttpClient, HttpClientOptions } from '../http-client.ts';

/** A server that answers as a test tells it, and a client of it. */
export interface TestUpstream {
  readonly url: string;
  readonly client: HttpClient;
  readonly requests: readonly IncomingMessage[];
  readonly lines: readonly Record<string, unknown>[];
  answer(listener: RequestListener): void;
  /** The server goes, with its connections. */
  goDown(): Promise<void>;
  /** It is back at the same port. */
  comeBack(): Promise<void>;
  /** The value of a metric, by the labels beyond `client`. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number | undefined>;
  stop(): Promise<void>;
}

export async function startTestUpstream(options: Partial<HttpClientOptions> = {}): Promise<TestUpstream> {
  const requests: IncomingMessage[] = [];
  const lines: Record<string, unknown>[] = [];
  let listener: RequestListener = (_, response) => response.end();
  const open = () =>
    createServer((request, response) => {
      requests.push(request);
      listener(request, response);
    });
  let server = open();
  const port = await freePort();
  await listen(server, port);
  const url = `http://127.0.0.1:${port}`;
  const goDown = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  const metrics = new Registry();
  const client = createHttpClient({
    name: 'upstream',
    baseUrl: url,
    timeoutMs: 10_000,
    log: createLogger({ name: 'test', level: 'info', destination: { write: (line) => lines.push(JSON.parse(line)) } }),
    metrics,
    ...options,
  });
  return {
    url,
    client,
    requests,
    lines,
    answer(next) {
      listener = next;
    },
    goDown,
    async comeBack() {
      server = open();
      await listen(server, port);
    },
    async metric(name, labels = {}) {
      const { values } = (await metrics.getSingleMetric(name)?.get()) ?? { values: [] };
      const wanted = Object.entries({ client: 'upstream', ...labels });
      return values.find((value) => wanted.every(([label, text]) => Reflect.get(value.labels, label) === text))?.value;
    },
    async stop() {
      await client.close();
      if (server.listening) await goDown();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((listening) => server.listen(port, '127.0.0.1', listening));
}
