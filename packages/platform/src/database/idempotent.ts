import { DomainError } from '../domain-error.ts';
import type { InFlight } from '../redis/in-flight.ts';
import type { Answer, StoredAnswer } from './answer.ts';
import { answerFor, findAnswers, lockAnswers, storeAnswers } from './answers.ts';
import type { Database, Tx } from './database.ts';
import { type IdempotentRequest, identityOf } from './idempotent-request.ts';

export interface IdempotentOptions<M> {
  readonly database: Database<M>;
  readonly inFlight: InFlight;
  /** Name of the transaction. */
  readonly name: string;
  readonly request: IdempotentRequest;
  /** Makes the effect and its answer; a refusal is thrown, and leaves nothing. */
  readonly work: (tx: Tx<M>) => Promise<Answer>;
  /**
   * Put around the transaction, once the key was looked up and marked: a lock, and what must be done before it is let
   * go. Whoever was answered before never waits for it.
   */
  readonly around?: (run: () => Promise<IdempotentAnswer>) => Promise<IdempotentAnswer>;
}

export type IdempotentAnswer = Answer & { readonly replayed: boolean; readonly gtid?: string };

/**
 * Does one request once, however often and wherever it is sent: the answer is stored in the transaction of its effect,
 * and given again to whoever asks under the same key.
 * @throws DomainError 'idempotency-key-reused', 'request-in-progress', and what the work and transaction() throw
 */
export async function idempotent<M>(options: IdempotentOptions<M>): Promise<IdempotentAnswer> {
  const { database, inFlight, request } = options;
  const stored = answerFor(await database.readPrimary((reading) => findAnswers(reading, [request])), request);
  if (stored !== undefined) return replayOf(stored);
  const identity = identityOf(request);
  const ours = await inFlight.begin([identity]);
  if (!ours.has(identity)) throw inProgress();
  try {
    const run = async (): Promise<IdempotentAnswer> => {
      const { value, gtid } = await database.transaction(options.name, (tx) => doOnce(tx, options), {
        settle: (tx) => settledAnswer(tx, request),
      });
      return gtid === undefined ? value : { ...value, gtid };
    };
    return await (options.around === undefined ? run() : options.around(run));
  } finally {
    await inFlight.end([identity]);
  }
}

async function doOnce<M>(tx: Tx<M>, { request, work }: IdempotentOptions<M>): Promise<IdempotentAnswer> {
  const stored = answerFor(await lockAnswers(tx, [request]), request);
  if (stored !== undefined) return replayOf(stored);
  try {
    const answer = await work(tx);
    await storeAnswers(tx, [{ ...answer, request }]);
    return { ...answer, replayed: false };
  } catch (error) {
    // While the work waited for its rows a twin may have had the effect that is now refused.
    const twin = error instanceof DomainError ? (await lockAnswers(tx, [request])).get(identityOf(request)) : undefined;
    if (twin === undefined || twin.requestHash !== request.requestHash) throw error;
    return replayOf(twin);
  }
}

async function settledAnswer<M>(tx: Tx<M>, request: IdempotentRequest): Promise<IdempotentAnswer | undefined> {
  const stored = answerFor(await lockAnswers(tx, [request]), request);
  return stored === undefined ? undefined : { ...replayOf(stored), replayed: false };
}

function replayOf({ requestHash: _, ...answer }: StoredAnswer): IdempotentAnswer {
  return { ...answer, replayed: true };
}

function inProgress(): DomainError {
  return new DomainError('conflict', 'request-in-progress', 'The same request is being worked on; ask again.', {
    retryAfterSeconds: 1,
  });
}
