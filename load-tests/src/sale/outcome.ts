import type { Reply } from './client.ts';
import { field } from './field.ts';

/** `unknown`: whether it had its effect cannot be told from what was heard, if anything was. */
export type Outcome = 'ok' | 'refused' | 'unknown';

export interface Heard {
  readonly outcome: Outcome;
  readonly status?: number;
  readonly code?: string;
  readonly replayed?: boolean;
  readonly response?: unknown;
  readonly retryAfterMs?: number;
}

const openCodes = new Set(['outcome-unknown', 'timed-out']);
const passingCodes = new Set(['lock-not-acquired', 'request-in-progress']);

function codeOf(body: unknown): string | undefined {
  const code = field(body, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** What a reply means for the request that it answers. */
export function hear({ status, body, replayed, retryAfterMs }: Reply): Heard {
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status >= 200 && status < 300) return { outcome: 'ok', status, replayed, response: body };
  const code = codeOf(body);
  const open = (status >= 500 && status !== 503) || openCodes.has(code ?? '');
  return { outcome: open ? 'unknown' : 'refused', status, ...(code && { code }), response: body, ...wait };
}

/** Whether the same request may well be answered otherwise in a moment. */
export function isPassing({ outcome, status, code }: Heard): boolean {
  return outcome === 'refused' && (status === 503 || status === 429 || passingCodes.has(code ?? ''));
}

/** A 503 is the platform's own word when it says which and when to come again; any other 5xx is a fault. */
export function isFault({ status = 0, code, retryAfterMs }: Heard): boolean {
  return status >= 500 && !(status === 503 && code !== undefined && retryAfterMs !== undefined);
}
