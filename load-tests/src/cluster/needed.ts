import { ApiException } from '@kubernetes/client-node';
import { SaleError } from '../sale/sale-error.ts';

/** The status that the API server refused with, if that is what the error is. */
export function refusedWith(error: unknown): number | undefined {
  return error instanceof ApiException ? error.code : undefined;
}

function saidOf(error: unknown): string {
  if (!(error instanceof ApiException)) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return `${error instanceof Error ? error.message : error}${cause}`;
  }
  const body: unknown = error.body;
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : body;
  return `${error.code} ${typeof message === 'string' ? message : ''}`.trim();
}

/** Waits for what the API server says. @throws SaleError in one line that names what was asked for */
export async function needed<T>(what: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SaleError) throw error;
    const missing = refusedWith(error) === 404 ? 'is missing' : `cannot be had: ${saidOf(error)}`;
    throw new SaleError(`${what} ${missing}`, { cause: error });
  }
}
