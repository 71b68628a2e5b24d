import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type ExportedSpan, spansIn } from '../../packages/platform/src/telemetry/testing/spans-in.ts';

/** A receiver of OTLP traces, as a collector would be. */
export interface Collector {
  readonly url: string;
  /** Every span that arrived so far. */
  spans(): readonly ExportedSpan[];
  close(): Promise<void>;
}

/** @param host the address it listens on; only this machine reaches it unless told */
export async function startCollector({ host = '127.0.0.1' } = {}): Promise<Collector> {
  const spans: ExportedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      spans.push(...spansIn(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body));
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  return {
    url: `http://${host}:${address.port}`,
    spans: () => spans,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
