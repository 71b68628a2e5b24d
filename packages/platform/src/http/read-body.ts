import type { Request } from 'express';
import { ProblemError } from './problem-error.ts';

const jsonType = /^application\/json *(?:; *charset="?utf-8"? *)?$/i;

/**
 * The text of a JSON body.
 * @throws ProblemError 415 `content-type-unsupported`, 413 `body-too-large`, 400 `invalid-json` (not UTF-8)
 */
export async function readBody(request: Request, limitBytes: number): Promise<string> {
  const encoding = request.headers['content-encoding'];
  if (!jsonType.test(request.headers['content-type'] ?? '') || (encoding && encoding.toLowerCase() !== 'identity')) {
    const detail = 'The body must be application/json in UTF-8, not compressed.';
    throw new ProblemError({
      status: 415,
      code: 'content-type-unsupported',
      detail,
      headers: { Accept: 'application/json' },
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  return decode(await collect(request, limitBytes));
}

function collect(request: Request, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (error?: Error) => {
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      if (error) reject(error);
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) settle(tooLarge(limitBytes));
      else chunks.push(chunk);
    };
    const onEnd = () => settle();
    const onGone = () => settle(invalidJson('The body ended early.'));
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidJson('The body is not UTF-8.');
  }
}

const tooLarge = (limitBytes: number) =>
  new ProblemError({ status: 413, code: 'body-too-large', detail: `The body may hold ${limitBytes} bytes.` });

/** 400 `invalid-json`. */
export const invalidJson = (detail: string) => new ProblemError({ status: 400, code: 'invalid-json', detail });
