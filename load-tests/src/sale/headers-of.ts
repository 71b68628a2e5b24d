import type { Ask } from './client.ts';

/** The headers of a request, in lower case. */
export function headersOf({ token, key, body }: Ask): Record<string, string> {
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(body && { 'content-type': 'application/json' }),
  };
}
