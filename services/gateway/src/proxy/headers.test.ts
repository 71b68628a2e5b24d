import { describe, expect, test } from '@jest/globals';
import { requestHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';

describe('request headers', () => {
  test('of this connection, and those that only the gateway may write, are not passed on', () => {
    const headers = {
      host: 'onsale.example',
      connection: 'keep-alive, X-Secret-Hop',
      'x-secret-hop': '1',
      'transfer-encoding': 'chunked',
      te: 'trailers',
      expect: '100-continue',
      forwarded: 'for=6.6.6.6',
      'x-forwarded-for': '6.6.6.6',
      'x-request-id': 'theirs',
      traceparent: 'theirs',
      authorization: 'Bearer t',
      'idempotency-key': 'k',
    };
    expect(requestHeaders(headers, { own: { 'x-request-id': 'ours' }, authorization: true })).toEqual([
      'authorization',
      'Bearer t',
      'idempotency-key',
      'k',
      'x-request-id',
      'ours',
    ]);
  });

  test('lose the token where the route takes none', () => {
    expect(requestHeaders({ authorization: 'Bearer t', accept: '*/*' }, { own: {}, authorization: false })).toEqual([
      'accept',
      '*/*',
    ]);
  });
});

test('response headers of the connection are not passed on', () => {
  const headers = {
    connection: 'close, x-hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    'set-cookie': ['a', 'b'],
    etag: 'e',
  };
  expect(responseHeaders(headers)).toEqual({ 'set-cookie': ['a', 'b'], etag: 'e' });
});
