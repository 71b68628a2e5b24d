import type { z } from 'zod';

export interface Question<T> {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly token?: string;
  /** The Idempotency-Key. */
  readonly key?: string;
  /** The status that a platform in order answers with. */
  readonly status: number;
  readonly answer: z.ZodType<T>;
}

/** Asks the platform one thing. @throws Error with one line when the answer is not the one it should be */
export type Ask = <T>(question: Question<T>) => Promise<T>;

const answerWithinMs = 15_000;
const shownOfAnswer = 200;

/** Asks over HTTP; an answer may take 15 s. */
export function askAt(url: string): Ask {
  return async ({ path, method, body, token, key, status, answer }) => {
    const response = await fetch(new URL(path, url), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const text = await response.text();
    if (response.status !== status) {
      throw new Error(`${response.status} instead of ${status}: ${text.slice(0, shownOfAnswer)}`);
    }
    const read = answer.safeParse(jsonOf(text));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw new Error(`an answer of another form: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
