import { invalidRequest } from './invalid-request.ts';
import { ProblemError } from './problem-error.ts';

const visibleAscii = /^[\x21-\x7e]{1,255}$/;

/**
 * The Idempotency-Key of a request whose route takes one.
 * @throws ProblemError 400 `idempotency-key-missing` when required; 400 `invalid-request` when malformed
 */
export function idempotencyKeyOf(
  header: string | string[] | undefined,
  rule: 'required' | 'optional' | undefined,
): string | undefined {
  if (rule === undefined) return undefined;
  if (header === undefined) {
    if (rule === 'optional') return undefined;
    const detail = 'This route needs the header Idempotency-Key: any text of your own, the same for every retry.';
    throw new ProblemError({ status: 400, code: 'idempotency-key-missing', detail });
  }
  if (typeof header === 'string' && visibleAscii.test(header)) return header;
  const message = 'Must be 1 to 255 visible ASCII characters';
  throw invalidRequest([{ field: 'Idempotency-Key', in: 'header', rule: 'format', message }]);
}
