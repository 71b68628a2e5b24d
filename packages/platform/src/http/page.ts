import { z } from 'zod';
import { DomainError } from '../domain-error.ts';

const LONGEST_CURSOR = 512;

/** The query fields of every list; spread into the route's own query schema. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(LONGEST_CURSOR).optional(),
};

/** An opaque cursor that holds a small JSON value: the sort key of the last item of a page. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The value of a cursor, as a schema takes it.
 * @throws DomainError `invalid-request` (400, field `cursor`) when it is not one of ours
 */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  const result = schema.safeParse(parsed(cursor));
  if (result.success) return result.data;
  throw new DomainError('invalid', 'invalid-request', 'The cursor is not one that this list gave.', {
    errors: [{ field: 'cursor', in: 'query', rule: 'cursor', message: 'Must be the next of an earlier page' }],
  });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
