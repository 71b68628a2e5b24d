import type { IncomingHttpHeaders } from 'node:http';
import { hopByHop } from './hop-by-hop.ts';

/** Headers that say who the client is or how the request came: the gateway's word counts, never the client's. */
const OURS: ReadonlySet<string> = new Set([
  'host',
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
  'traceparent',
  'tracestate',
  'baggage',
]);

export interface RequestHeaderOptions {
  /** Headers the gateway sets itself, names in lower case. */
  own: Readonly<Record<string, string>>;
  /** Whether the client's Authorization is passed on. */
  authorization: boolean;
}

/** The headers of a request as the service gets them: names and values in turn, as undici takes them fastest. */
export function requestHeaders(headers: IncomingHttpHeaders, { own, authorization }: RequestHeaderOptions): string[] {
  const dropped = hopByHop(headers.connection);
  const forwarded: string[] = [];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined || OURS.has(name) || dropped(name)) continue;
    if (name === 'authorization' && !authorization) continue;
    forwarded.push(name, Array.isArray(value) ? value.join(', ') : value);
  }
  for (const [name, value] of Object.entries(own)) forwarded.push(name, value);
  return forwarded;
}
