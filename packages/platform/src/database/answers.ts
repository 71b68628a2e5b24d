import { DomainError } from '../domain-error.ts';
import type { Answer, StoredAnswer } from './answer.ts';
import type { Reading, Tx } from './database.ts';
import { type IdempotentRequest, identityOf } from './idempotent-request.ts';
import { ProgrammingError } from './programming-error.ts';
import { RetryTransactionError } from './retry-transaction-error.ts';

interface AnswerRow {
  user_id: string;
  route: string;
  idempotency_key: string;
  request_hash: string;
  status: number;
  location: string | null;
  response: unknown;
  reference: string | null;
}

/**
 * The answers that these requests have had, by identity, as they stand: enough to replay one, not to decide that
 * there is none.
 */
export function findAnswers<M>(
  reading: Reading<M>,
  requests: readonly IdempotentRequest[],
): Promise<Map<string, StoredAnswer>> {
  return selectAnswers(reading, requests, '');
}

/**
 * The same by locking reads in the order of the keys: waits for a transaction that is just storing one of them. A
 * request without an answer is not locked; storing its answer settles who was first.
 */
export function lockAnswers<M>(tx: Tx<M>, requests: readonly IdempotentRequest[]): Promise<Map<string, StoredAnswer>> {
  return selectAnswers(tx, requests, 'ORDER BY user_id, route, idempotency_key FOR UPDATE');
}

async function selectAnswers<M>(
  reading: Reading<M>,
  requests: readonly IdempotentRequest[],
  suffix: string,
): Promise<Map<string, StoredAnswer>> {
  if (requests.length === 0) return new Map();
  const rows = await reading.rows<AnswerRow>(
    `SELECT user_id, route, idempotency_key, request_hash, status, location, response, reference
     FROM idempotency_keys WHERE (user_id, route, idempotency_key) IN (:identities) ${suffix}`,
    { identities: requests.map(({ userId, route, key }) => [userId, route, key]) },
  );
  return new Map(rows.map((row) => [identityOfRow(row), answerOf(row)]));
}

/**
 * Stores what the requests were answered with, in the transaction of their effects.
 * @throws RetryTransactionError when another transaction has answered one of them: run again, and it will be found
 */
export async function storeAnswers<M>(
  tx: Tx<M>,
  answers: readonly (Answer & { readonly request: IdempotentRequest })[],
): Promise<void> {
  if (answers.length === 0) return;
  const identities = new Set(answers.map(({ request }) => identityOf(request)));
  if (identities.size < answers.length) throw new ProgrammingError('one request was answered twice in one transaction');
  const rows = answers
    .toSorted((a, b) => compareText(identityOf(a.request), identityOf(b.request)))
    .map(({ request, status, location, body, reference }) => [
      request.userId,
      request.route,
      request.key,
      request.requestHash,
      status,
      location ?? null,
      JSON.stringify(body ?? null),
      reference ?? null,
    ]);
  try {
    await tx.change(
      `INSERT INTO idempotency_keys
         (user_id, route, idempotency_key, request_hash, status, location, response, reference) VALUES :rows`,
      { rows },
    );
  } catch (error) {
    if (isDuplicate(error)) throw new RetryTransactionError('answered-elsewhere');
    throw error;
  }
}

/**
 * The stored answer of a request, if it has one.
 * @throws DomainError 'idempotency-key-reused' when the key was used for another request
 */
export function answerFor(
  answers: ReadonlyMap<string, StoredAnswer>,
  request: IdempotentRequest,
): StoredAnswer | undefined {
  const stored = answers.get(identityOf(request));
  if (stored !== undefined && stored.requestHash !== request.requestHash) {
    throw new DomainError('rule', 'idempotency-key-reused', 'This Idempotency-Key was used for another request.');
  }
  return stored;
}

function identityOfRow(row: AnswerRow): string {
  return identityOf({ userId: row.user_id, route: row.route, key: row.idempotency_key });
}

function answerOf(row: AnswerRow): StoredAnswer {
  return {
    requestHash: row.request_hash,
    status: row.status,
    body: row.response,
    ...(row.location === null ? {} : { location: row.location }),
    ...(row.reference === null ? {} : { reference: row.reference }),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isDuplicate(error: unknown): boolean {
  const parent: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'parent') : undefined;
  return typeof parent === 'object' && parent !== null && Reflect.get(parent, 'errno') === 1062;
}
