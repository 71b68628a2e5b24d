import { z } from 'zod';
import { DomainError } from '../../domain-error.ts';
import { HttpRefusal } from './http-refusal.ts';
import { nameOf, type OutgoingRequest, type RawAnswer } from './outgoing-request.ts';

/** Statuses by which a server, or what stands before it, says: not now. */
const notNow: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const LONGEST_EXCERPT = 200;
const LONGEST_WAIT_SECONDS = 3_600;

/**
 * What an answer says, as the schema takes it.
 * @throws DomainError `upstream-unavailable` when the server says it cannot now; HttpRefusal for any other refusal, and
 * for an answer that is not JSON or does not fit the schema
 */
export function judgeAnswer<T>(request: OutgoingRequest, answer: RawAnswer, schema: z.ZodType<T>): T {
  const { status } = answer;
  if (notNow.has(status)) {
    throw new DomainError('unavailable', 'upstream-unavailable', `${status} to ${nameOf(request)}`, {
      ...waitOf(answer.retryAfter),
    });
  }
  if (status < 200 || status > 299) {
    throw new HttpRefusal('refused', status, `${status} to ${nameOf(request)}: ${excerptOf(answer)}`);
  }
  const unreadable = (why: string) =>
    new HttpRefusal('unreadable', status, `The answer to ${nameOf(request)} is of no use: ${why}`);
  if (!/^application\/json *(?:;|$)/i.test(answer.contentType)) throw unreadable('it is not application/json');
  const json = jsonOf(answer.bytes);
  if (json === undefined) throw unreadable('it is not JSON in UTF-8');
  const { success, data, error } = schema.safeParse(json.value);
  if (success) return data;
  throw unreadable(error.issues.map(({ path, message }) => `${path.join('.') || 'all of it'}: ${message}`).join('; '));
}

function waitOf(retryAfter: string | undefined): { retryAfterSeconds?: number } {
  if (retryAfter === undefined || !/^\d{1,6}$/.test(retryAfter)) return {};
  return { retryAfterSeconds: Math.min(Number(retryAfter), LONGEST_WAIT_SECONDS) };
}

const problem = z.object({ code: z.string().max(LONGEST_EXCERPT) });

/** The code of a problem document, or the beginning of whatever the answer was. */
function excerptOf({ bytes }: RawAnswer): string {
  const { success, data } = problem.safeParse(jsonOf(bytes)?.value);
  const text = success ? data.code : bytes.toString('utf8', 0, LONGEST_EXCERPT);
  return text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ') || 'without a word';
}

function jsonOf(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}
