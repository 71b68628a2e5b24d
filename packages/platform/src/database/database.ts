import type { Sequelize, Transaction } from 'sequelize';
import type { DedicatedConnection } from './dedicated-connection.ts';
import type { SqlValues } from './sql-value.ts';

export interface Reading<M = unknown> {
  readonly models: M;
  readonly sequelize: Sequelize;
  /** Set when the statements belong to one connection: models must be given it as `transaction`. */
  readonly handle?: Transaction;
  rows<R extends object>(sql: string, values?: SqlValues): Promise<R[]>;
}

export interface Tx<M = unknown> extends Reading<M> {
  readonly name: string;
  readonly handle: Transaction;
  /** Runs one writing statement; answers how many rows it changed (a row set to what it was counts as none). */
  change(sql: string, values?: SqlValues): Promise<number>;
}

export interface Committed<T> {
  readonly value: T;
  /**
   * The transaction's GTID, or one after it where the answer to COMMIT was lost; absent when it wrote nothing, or the
   * server does not tell.
   */
  readonly gtid?: string;
}

export interface TransactionOptions<M, T> {
  /**
   * Asked on a new connection when COMMIT was not answered. It must use locking reads: a plain read may come
   * before the commit lands. Answers what was committed, or undefined when nothing was.
   */
  readonly settle?: (tx: Tx<M>) => Promise<T | undefined>;
}

export interface ReadOptions {
  /** The user whose own writes must be seen. */
  readonly after?: string;
  readonly maxLagSeconds?: number;
}

export interface Database<M = unknown> {
  readonly name: string;
  /**
   * Runs the work in a READ COMMITTED transaction on the primary; deadlocks, lock time-outs and connections lost
   * before COMMIT run it again from the start, three times more.
   * @throws DomainError 'busy' when it got nowhere, 'outcome-unknown' when nobody can say whether it was committed
   */
  transaction<T>(
    name: string,
    work: (tx: Tx<M>) => Promise<T>,
    options?: TransactionOptions<M, T>,
  ): Promise<Committed<T>>;
  /**
   * Reads on the replica, and within DB_FALLBACK_LIMIT on the primary when the replica is of no use.
   * @throws ProgrammingError inside transaction()
   * @throws DomainError 'reads-overloaded' beyond the limit
   */
  read<T>(work: (reading: Reading<M>) => Promise<T>, options?: ReadOptions): Promise<T>;
  /** Reads on the primary, outside of any transaction. @throws ProgrammingError inside transaction() */
  readPrimary<T>(work: (reading: Reading<M>) => Promise<T>): Promise<T>;
  /** Brings the schema up to date; several processes may call it at once. */
  migrate(): Promise<void>;
  /** @throws Error that names the first migration the schema has not had */
  assertMigrated(): Promise<void>;
  /** @throws when the primary does not answer */
  ping(): Promise<void>;
  /** A connection to the primary that is never replaced behind its owner's back: when it is lost, so are its locks. */
  dedicate(): Promise<DedicatedConnection>;
  close(): Promise<void>;
}
