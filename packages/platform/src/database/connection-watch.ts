import type { Connection } from 'mysql2';
import { ProgrammingError } from './programming-error.ts';
import { StatementTimeoutError } from './statement-timeout-error.ts';

/** What is known about one connection besides what Sequelize knows. */
export interface ConnectionWatch {
  /** A statement was sent and not yet answered. */
  running: boolean;
  /** The first error since the transaction began after which it must not be committed. */
  doomed: Error | undefined;
  /** GTID of the last commit the server told of. */
  gtid: string | undefined;
  /** Time (ms since the epoch) at which statements are cut off; none when undefined. */
  deadline: number | undefined;
}

export interface WatchOptions {
  readonly statementTimeoutMs: number;
  /** Tells of errors after which a transaction cannot go on. */
  readonly dooms: (error: unknown) => boolean;
  /** Told of every error of a statement. */
  readonly onError?: (error: Error) => void;
}

type Callback = (error: Error | null, ...results: unknown[]) => void;

const rollback = /^\s*rollback\b/i;

/**
 * Wraps the connection's `query` and `execute`, through which everything of Sequelize passes (models too), so that a
 * statement has a time limit, is refused while another is running, and gives up the GTID of its commit.
 * The GTID sits in the header's `stateChanges`, which Sequelize drops.
 */
export function watchConnection(connection: Connection, options: WatchOptions): ConnectionWatch {
  const watch: ConnectionWatch = { running: false, doomed: undefined, gtid: undefined, deadline: undefined };
  for (const method of ['query', 'execute'] as const) {
    const original: unknown = connection[method];
    if (typeof original !== 'function') continue;
    const watched = (...given: unknown[]): unknown => {
      const callback = given.at(-1);
      if (!isCallback(callback)) return Reflect.apply(original, connection, given);
      if (watch.running && !rollback.test(textOf(given[0]))) {
        const error = parallelStatement();
        watch.doomed ??= error;
        throw error;
      }
      return Reflect.apply(original, connection, [
        ...given.slice(0, -1),
        limited(connection, watch, options, callback),
      ]);
    };
    Object.defineProperty(connection, method, { value: watched, configurable: true });
  }
  return watch;
}

function limited(connection: Connection, watch: ConnectionWatch, options: WatchOptions, callback: Callback): Callback {
  watch.running = true;
  const left = watch.deadline === undefined ? Number.POSITIVE_INFINITY : watch.deadline - Date.now();
  let answered = false;
  const answer: Callback = (error, ...results) => {
    if (answered) return;
    answered = true;
    clearTimeout(timer);
    watch.running = false;
    if (error !== null) {
      if (options.dooms(error)) watch.doomed ??= error;
      options.onError?.(error);
    }
    watch.gtid = gtidIn(results[0]) ?? watch.gtid;
    callback(error, ...results);
  };
  const timer = setTimeout(
    () => {
      connection.destroy();
      answer(new StatementTimeoutError());
    },
    Math.max(1, Math.min(options.statementTimeoutMs, left)),
  );
  return answer;
}

export function parallelStatement(): ProgrammingError {
  return new ProgrammingError('a statement was started while another of the same transaction was running');
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  if (typeof statement === 'object' && statement !== null && 'sql' in statement) return String(statement.sql);
  return '';
}

function gtidIn(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('stateChanges' in result)) return undefined;
  const changes = result.stateChanges;
  if (typeof changes !== 'object' || changes === null || !('gtids' in changes)) return undefined;
  const gtid: unknown = Array.isArray(changes.gtids) ? changes.gtids.at(-1) : undefined;
  return typeof gtid === 'string' && gtid !== '' ? gtid : undefined;
}
