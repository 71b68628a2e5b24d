import type { RequestListener, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Readiness } from './create-readiness.ts';

export interface ManagementOptions {
  readonly metrics: Registry;
  readonly readiness: () => Promise<Readiness>;
  readonly isDraining: () => boolean;
}

/** What the management port answers: /livez, /readyz and /metrics. It is never routed to from outside. */
export function managementHandler({ metrics, readiness, isDraining }: ManagementOptions): RequestListener {
  const readyz = async (response: ServerResponse) => {
    if (isDraining()) return sendJson(response, 503, { ready: false, checks: { draining: 'the service is stopping' } });
    const state = await readiness();
    sendJson(response, state.ready ? 200 : 503, state);
  };
  const answer = async (path: string | undefined, response: ServerResponse) => {
    if (path === '/livez') return sendJson(response, 200, { live: true });
    if (path === '/readyz') return readyz(response);
    if (path !== '/metrics') return sendJson(response, 404, { paths: ['/livez', '/readyz', '/metrics'] });
    const text = await metrics.metrics();
    response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
  };
  return (request, response) => {
    answer(request.url?.split('?', 1)[0], response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: String(error) });
    });
  };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
