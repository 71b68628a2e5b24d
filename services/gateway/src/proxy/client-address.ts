import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';

/** How a request came to the gateway. */
export interface ClientAddress {
  /** The client's address, as far as trusted proxies vouch for it. */
  address: string;
  /** X-Forwarded-For for the service: the client and the trusted proxies between it and here. */
  forwardedFor: string;
  forwardedProto: 'http' | 'https';
}

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

const isEncrypted = (request: IncomingMessage) => 'encrypted' in request.socket && request.socket.encrypted === true;

function claimedProto(request: IncomingMessage, trustedHops: number): string | undefined {
  return trustedHops > 0 ? `${request.headers['x-forwarded-proto'] ?? ''}`.split(',').at(-1)?.trim() : undefined;
}

/**
 * Who sent a request. Each proxy appends the address it saw to X-Forwarded-For; only the last `trustedHops` entries
 * were written by proxies of ours, and with none of them the header means nothing.
 */
export function clientAddress(request: IncomingMessage, trustedHops: number): ClientAddress {
  const remote = plain(request.socket.remoteAddress ?? '');
  const claimed = `${request.headers['x-forwarded-for'] ?? ''}`.split(',').map((entry) => plain(entry.trim()));
  const trusted = trustedHops === 0 ? [] : claimed.slice(-trustedHops).filter((entry) => isIP(entry) !== 0);
  const chain = [...trusted, remote];
  const https = isEncrypted(request) || claimedProto(request, trustedHops) === 'https';
  return { address: chain[0] ?? remote, forwardedFor: chain.join(', '), forwardedProto: https ? 'https' : 'http' };
}

/** What requests of one client are counted under: an IPv6 customer has a /64 at the least. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
