import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { bodyTooLarge } from './proxy-problems.ts';

const declaredLength = ({ headers }: IncomingMessage) => Number(headers['content-length'] ?? 0);

/** Whether a request brings a body (RFC 9112, 6.3). */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || declaredLength(request) > 0;
}

/** Refuses a body that says it is too large before any of it is read. @throws ProblemError 413 */
export function refuseLargeBody(request: IncomingMessage, limitBytes: number): void {
  if (declaredLength(request) > limitBytes) throw bodyTooLarge(limitBytes);
}

/** Told when the client is waited for, and when it has sent all. */
export interface Upload {
  begun(): void;
  ended(): void;
}

async function* count(request: IncomingMessage, limitBytes: number, upload: Upload): AsyncGenerator<Buffer> {
  let received = 0;
  upload.begun();
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a request body must be read as bytes');
    received += chunk.length;
    if (received > limitBytes) throw bodyTooLarge(limitBytes);
    yield chunk;
  }
  upload.ended();
}

/**
 * A request's body, counted as it streams; a body beyond the limit ends in ProblemError 413. Nothing is read before
 * the first chunk is asked for, so a body that no connection was found for can still be sent elsewhere.
 */
export function countedBody(request: IncomingMessage, limitBytes: number, upload: Upload): Readable {
  return Readable.from(count(request, limitBytes, upload), { objectMode: false });
}
