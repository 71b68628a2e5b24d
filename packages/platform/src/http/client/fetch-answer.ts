import { type Dispatcher, errors } from 'undici';
import { DomainError } from '../../domain-error.ts';
import { HttpRefusal } from './http-refusal.ts';
import { nameOf, type OutgoingRequest, type RawAnswer } from './outgoing-request.ts';

export interface FetchLimits {
  /** For the whole exchange: the wait for a connection, the request, the last byte of the answer. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends one request and reads the whole answer.
 * @throws DomainError `upstream-timed-out`, `upstream-unavailable`; HttpRefusal when the answer is too long; the
 * signal's reason when it aborts
 */
export async function fetchAnswer(
  dispatcher: Dispatcher,
  request: OutgoingRequest,
  { timeoutMs, maxAnswerBytes, signal }: FetchLimits,
): Promise<RawAnswer> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort);
  try {
    const { method, path, headers, body = null } = request;
    const response = await dispatcher.request({ method, path, headers, body, signal: controller.signal });
    const bytes = await collect(response.body, maxAnswerBytes);
    const { statusCode: status } = response;
    if (bytes === undefined) throw tooLong(request, status, maxAnswerBytes);
    const [contentType = '', retryAfter] = [response.headers['content-type'], response.headers['retry-after']].map(one);
    return { status, contentType, retryAfter, bytes };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof HttpRefusal || error instanceof errors.InvalidArgumentError) throw error;
    if (controller.signal.aborted) throw timedOut(request, timeoutMs);
    const detail = `No answer to ${nameOf(request)}`;
    throw new DomainError('unavailable', 'upstream-unavailable', detail, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** All bytes of a body; undefined when there are more than the limit: then the rest is not waited for. */
async function collect(body: AsyncIterable<Buffer>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

const tooLong = (request: OutgoingRequest, status: number, limit: number) =>
  new HttpRefusal('unreadable', status, `The answer to ${nameOf(request)} is longer than ${limit} bytes`);

const timedOut = (request: OutgoingRequest, timeoutMs: number) =>
  new DomainError(
    'unavailable',
    'upstream-timed-out',
    `No whole answer to ${nameOf(request)} within ${timeoutMs} ms; it may still take effect`,
  );
