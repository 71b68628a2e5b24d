import type { Connection } from 'mysql2';
import type { DatabaseConfig } from './database-config.ts';

const sqlMode =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/**
 * How long the server keeps an idle session: a little above the transaction's budget, so that a paused process holds
 * a row's lock no longer than that.
 */
export function idleSeconds(config: DatabaseConfig): number {
  return Math.ceil(config.DB_TRANSACTION_BUDGET_MS / 1000) + 3;
}

/** Every session of ours, whatever the server's defaults are. READ COMMITTED: no gap locks, and no decision hangs on a snapshot. */
export function sessionSettings(settings: {
  lockWaitSeconds: number;
  idleSeconds: number;
  selectTimeoutMs: number;
}): string {
  return [
    `SET SESSION time_zone = '+00:00'`,
    `sql_mode = '${sqlMode}'`,
    `transaction_isolation = 'READ-COMMITTED'`,
    `innodb_lock_wait_timeout = ${settings.lockWaitSeconds}`,
    `wait_timeout = ${settings.idleSeconds}`,
    `max_execution_time = ${settings.selectTimeoutMs}`,
  ].join(', ');
}

/** Runs one statement on a raw connection. */
export function runOn(connection: Connection, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query({ sql }, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
