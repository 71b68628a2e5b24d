import type { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { DomainError } from '../domain-error.ts';
import type { AcknowledgedWrites } from '../redis/acknowledged-writes.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { withSpan } from '../telemetry/with-span.ts';
import type { Committed, TransactionOptions, Tx } from './database.ts';
import { type DatabaseFailure, databaseFailureOf } from './database-failure.ts';
import type { Pool } from './open-pool.ts';
import { ProgrammingError } from './programming-error.ts';
import { RetryTransactionError } from './retry-transaction-error.ts';
import { settleOutcome } from './settle-outcome.ts';
import { attemptTransaction, UnknownOutcomeError } from './transaction-attempt.ts';
import type { TransactionMetrics } from './transaction-metrics.ts';
import { unavailableError } from './unavailable-error.ts';

/** How often the whole transaction is run again; a fourth deadlock in a row is load, not luck. */
const retries = 3;

export interface TransactionRunnerOptions<M> {
  readonly pool: Pool;
  readonly models: M;
  readonly inside: AsyncLocalStorage<string>;
  readonly budgetMs: number;
  readonly log: Logger;
  readonly metrics: TransactionMetrics;
  readonly random: () => number;
  /** Told of every commit before whoever asked for it is. */
  readonly acknowledged?: Pick<AcknowledgedWrites, 'note'> | undefined;
}

export type RunTransaction<M> = <T>(
  name: string,
  work: (tx: Tx<M>) => Promise<T>,
  options?: TransactionOptions<M, T>,
) => Promise<Committed<T>>;

interface Ending<T> {
  readonly outcome: 'committed' | 'settled' | 'refused' | 'unavailable' | 'unknown';
  readonly committed?: Committed<T>;
  readonly error?: unknown;
}

/** Makes the function that runs transactions as {@link Database.transaction} promises. */
export function createTransactionRunner<M>(options: TransactionRunnerOptions<M>): RunTransaction<M> {
  return (name, work, { settle } = {}) =>
    withSpan(`transaction ${name}`, {}, async () => {
      const outer = options.inside.getStore();
      if (outer !== undefined) {
        throw new ProgrammingError(`transaction ${name} was begun inside transaction ${outer}`);
      }
      const started = performance.now();
      const ending = await runWithRetries(options, name, work, settle);
      options.metrics.duration.observe({ name, outcome: ending.outcome }, (performance.now() - started) / 1000);
      if (ending.committed === undefined) throw ending.error;
      options.acknowledged?.note(ending.committed.gtid);
      return ending.committed;
    });
}

async function runWithRetries<M, T>(
  options: TransactionRunnerOptions<M>,
  name: string,
  work: (tx: Tx<M>) => Promise<T>,
  settle: ((tx: Tx<M>) => Promise<T | undefined>) | undefined,
): Promise<Ending<T>> {
  const giveUpAt = performance.now() + 2 * options.budgetMs;
  for (let attempt = 1; ; attempt += 1) {
    trace.getActiveSpan()?.setAttribute('attempts', attempt);
    let reason: string;
    try {
      return { outcome: 'committed', committed: await attemptTransaction({ ...options, name }, work) };
    } catch (error) {
      if (error instanceof UnknownOutcomeError) {
        options.log.warn({ err: error, transaction: name, attempt }, 'the answer to COMMIT was lost');
        const settled = await settleOutcome({ ...options, name }, settle);
        if (settled.known === 'committed') return { outcome: 'settled', committed: committedOf(settled) };
        if (settled.known === 'nothing') return { outcome: 'unknown', error: outcomeUnknown(error) };
        reason = 'not-committed';
      } else {
        const again = reasonToRetry(error);
        if (again === undefined) return endingOf(error);
        reason = again;
      }
      if (attempt > retries || performance.now() > giveUpAt) return { outcome: 'unavailable', error: busy(error) };
    }
    options.metrics.retries.inc({ name, reason });
    options.log.debug({ transaction: name, attempt, reason }, 'running the transaction again');
    await delay(5 + options.random() * 20 * 2 ** attempt);
  }
}

/** What another attempt may not meet again: a server that has become read-only is left for the one that takes writes. */
const passing: ReadonlySet<DatabaseFailure | undefined> = new Set([
  'deadlock',
  'lock-wait',
  'connection-lost',
  'read-only',
]);

function reasonToRetry(error: unknown): string | undefined {
  if (error instanceof RetryTransactionError) return error.reason;
  const failure = databaseFailureOf(error);
  return passing.has(failure) ? failure : undefined;
}

function committedOf<T>({ value, gtid }: { readonly value: T; readonly gtid: string | undefined }): Committed<T> {
  return gtid === undefined ? { value } : { value, gtid };
}

function endingOf<T>(error: unknown): Ending<T> {
  const unavailable = unavailableError(error);
  return unavailable === undefined ? { outcome: 'refused', error } : { outcome: 'unavailable', error: unavailable };
}

function busy(cause: unknown): DomainError {
  return new DomainError('unavailable', 'busy', 'Too many requests want the same thing at once; try again.', {
    retryAfterSeconds: 1,
    cause,
  });
}

function outcomeUnknown(cause: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'outcome-unknown',
    'Whether this was done is not known yet; the same request under the same key will tell.',
    { retryAfterSeconds: 1, cause },
  );
}
