import { ConnectionAcquireTimeoutError, ConnectionError } from 'sequelize';
import { NoPrimaryError } from './no-primary-error.ts';

/**
 * What an error of the database means for whoever ran the statement:
 * deadlock and lock-wait: the transaction may run again; connection-lost: so it may, unless COMMIT was sent;
 * pool-exhausted, unreachable, read-only and no-room: not here, not now.
 */
export type DatabaseFailure =
  | 'deadlock'
  | 'lock-wait'
  | 'connection-lost'
  | 'pool-exhausted'
  | 'unreachable'
  | 'read-only'
  | 'no-room'
  | 'too-slow';

const byNumber: ReadonlyMap<unknown, DatabaseFailure> = new Map<unknown, DatabaseFailure>([
  [1213, 'deadlock'],
  [1205, 'lock-wait'],
  [1040, 'unreachable'],
  [1053, 'connection-lost'],
  [1927, 'connection-lost'],
  [3169, 'connection-lost'],
  [4031, 'connection-lost'],
  [1290, 'read-only'],
  [1836, 'read-only'],
  // The server's disk is full.
  [1021, 'no-room'],
  [1026, 'no-room'],
  [1114, 'no-room'],
  [3024, 'too-slow'],
]);

const lostCodes: ReadonlySet<unknown> = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ESOCKET',
]);

/** The failure behind an error, or undefined when the error is not the database's condition but the statement's. */
export function databaseFailureOf(error: unknown): DatabaseFailure | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if (error instanceof ConnectionAcquireTimeoutError) return 'pool-exhausted';
  if (error instanceof ConnectionError || error instanceof NoPrimaryError) return 'unreachable';
  const known = byNumber.get(Reflect.get(error, 'errno'));
  if (known !== undefined) return known;
  if (lostCodes.has(Reflect.get(error, 'code')) || Reflect.get(error, 'fatal') === true) return 'connection-lost';
  const parent: unknown = Reflect.get(error, 'parent');
  return parent === error ? undefined : databaseFailureOf(parent);
}
