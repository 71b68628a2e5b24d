import { createServer } from 'node:http';
import { type ExportedSpan, spansIn } from '../../packages/platform/src/telemetry/testing/spans-in.ts';

/** A receiver of OTLP traces, as a collector would be. */
export interface Collector {
  readonly url: string;
  /** Every span that arrived so far. */
  spans(): readonly ExportedSpan[];
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const spans: ExportedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      spans.push(...spansIn(Buffer.concat(chunks)));
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans: () => spans,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
