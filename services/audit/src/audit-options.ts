import type { DataPlatformAccess } from './outside/data-platform-access.ts';
import type { KafkaAccess } from './outside/kafka-access.ts';
import type { RedisAccess } from './outside/redis-access.ts';
import type { SchemaAccess } from './snapshot/schema-access.ts';

export interface AuditOptions {
  readonly commerce: SchemaAccess;
  /** Without it, what concerns users and their sessions is not judged. */
  readonly auth?: SchemaAccess;
  /** Without it, what concerns topics and those who listen to them is not judged. */
  readonly kafka?: KafkaAccess;
  /** Without it, the live ranking is not judged. */
  readonly redis?: RedisAccess;
  /** A shop may have none: without it there is nothing of it to judge. */
  readonly dataPlatform?: DataPlatformAccess;
  /** Path of a client's log of answers: one JSON object a line. */
  readonly clientLog?: string;
  /** How long to wait for a drained outbox and its consumers, in milliseconds; 10,000 unless given. */
  readonly waitMs?: number;
  /** How long nothing may change until that counts as rest, in milliseconds; 1,000 unless given. */
  readonly stillMs?: number;
  /** For each statement and for each reading of something outside, in milliseconds; 120,000 unless given. */
  readonly statementTimeoutMs?: number;
  /** How long answers under idempotency keys are kept; 24 unless given. */
  readonly keysRetentionHours?: number;
  /** How long sent events are kept in the outbox, and at least in their topics; 168 unless given. */
  readonly outboxRetentionHours?: number;
  /** How long handled events are kept in the inbox; 336 unless given. */
  readonly inboxRetentionHours?: number;
  /** The most products in a day's snapshot of bestsellers; 100 unless given. */
  readonly snapshotSize?: number;
  /** How long a ranking that differs may take to be mended, in milliseconds; its job compares once a minute: 75,000. */
  readonly mendMs?: number;
  /** Called with a line for people whenever something is waited for or begun. */
  readonly onProgress?: (line: string) => void;
}

type Optional = 'auth' | 'kafka' | 'redis' | 'dataPlatform' | 'clientLog';

/** The options with what was left out filled in. */
export type AuditSettings = Required<Omit<AuditOptions, Optional>> & Pick<AuditOptions, Optional>;

export function withDefaults(options: AuditOptions): AuditSettings {
  return {
    waitMs: 10_000,
    stillMs: 1_000,
    statementTimeoutMs: 120_000,
    keysRetentionHours: 24,
    outboxRetentionHours: 168,
    inboxRetentionHours: 336,
    snapshotSize: 100,
    mendMs: 75_000,
    onProgress: () => undefined,
    ...options,
  };
}
