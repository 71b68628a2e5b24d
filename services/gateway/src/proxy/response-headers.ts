import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { hopByHop } from './hop-by-hop.ts';

/** The headers of a service's answer as the client gets them. */
export function responseHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const dropped = hopByHop(headers.connection);
  const forwarded: OutgoingHttpHeaders = {};
  for (const name of Object.keys(headers)) {
    if (!dropped(name)) forwarded[name] = headers[name];
  }
  return forwarded;
}
