import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { addressKey, clientAddress } from './client-address.ts';

function from(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  return Object.assign(new IncomingMessage(socket), { headers });
}

describe('the client address', () => {
  const claims = { 'x-forwarded-for': '6.6.6.6, 10.0.0.1', 'x-forwarded-proto': 'https' };

  test('is the connection alone where no proxy is trusted', () => {
    expect(clientAddress(from('::ffff:10.0.0.2', claims), 0)).toEqual({
      address: '10.0.0.2',
      forwardedFor: '10.0.0.2',
      forwardedProto: 'http',
    });
  });

  test('is what the outermost trusted proxy saw, never what its client claims', () => {
    expect(clientAddress(from('10.0.0.2', claims), 1)).toEqual({
      address: '10.0.0.1',
      forwardedFor: '10.0.0.1, 10.0.0.2',
      forwardedProto: 'https',
    });
    expect(clientAddress(from('10.0.0.2', claims), 2).address).toBe('6.6.6.6');
  });

  test('is the connection when a trusted proxy wrote none', () => {
    expect(clientAddress(from('10.0.0.2', { 'x-forwarded-for': 'unknown' }), 1).address).toBe('10.0.0.2');
    expect(clientAddress(from('10.0.0.2'), 2).address).toBe('10.0.0.2');
  });
});

test.each([
  ['10.0.0.2', '10.0.0.2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('requests of %s are counted under %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
