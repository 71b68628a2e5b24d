import type { Reply } from './client.ts';

/** A whole answer, as any HTTP client has it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** What these headers say, if they are there. */
  readonly replayed: string | undefined;
  readonly retryAfter: string | undefined;
}

function retryAfterOf(header: string | undefined): { retryAfterMs?: number } {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
}

/** An answer that is no JSON still has its status. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an answer says to a buyer. */
export function replyOf({ status, text, replayed, retryAfter }: Answer): Reply {
  return { status, body: parse(text), replayed: replayed === 'true', ...retryAfterOf(retryAfter) };
}
