import type { SchemaAccess } from './snapshot/schema-access.ts';

export interface AuditOptions {
  readonly commerce: SchemaAccess;
  /** Without it, what concerns users and their sessions is not judged. */
  readonly auth?: SchemaAccess;
  /** Path of a client's log of answers: one JSON object a line. */
  readonly clientLog?: string;
  /** How long to wait for a drained outbox, in milliseconds; 10,000 unless given. */
  readonly waitMs?: number;
  /** How long nothing may change until that counts as rest, in milliseconds; 1,000 unless given. */
  readonly stillMs?: number;
  /** For each statement, in milliseconds; 120,000 unless given. */
  readonly statementTimeoutMs?: number;
  /** How long answers under idempotency keys are kept; 24 unless given. */
  readonly keysRetentionHours?: number;
  /** How long sent events are kept in the outbox; 168 unless given. */
  readonly outboxRetentionHours?: number;
  /** Called with a line for people whenever something is waited for or begun. */
  readonly onProgress?: (line: string) => void;
}

/** The options with what was left out filled in. */
export type AuditSettings = Required<Omit<AuditOptions, 'auth' | 'clientLog'>> &
  Pick<AuditOptions, 'auth' | 'clientLog'>;

export function withDefaults(options: AuditOptions): AuditSettings {
  return {
    waitMs: 10_000,
    stillMs: 1_000,
    statementTimeoutMs: 120_000,
    keysRetentionHours: 24,
    outboxRetentionHours: 168,
    onProgress: () => undefined,
    ...options,
  };
}
