import type { KafkaConnection } from '@onsale/platform/messaging';
import type { DataPlatformAccess } from '../outside/data-platform-access.ts';
import type { RedisAccess } from '../outside/redis-access.ts';
import type { BrokenRow } from '../report/audit-report.ts';
import type { Reader } from '../snapshot/connect.ts';
import type { Snapshot } from '../snapshot/open-snapshot.ts';

/** What a check may look at. */
export interface AuditScope {
  readonly commerce: Snapshot;
  readonly auth?: Snapshot;
  /** The commerce schema as it is now, to tell what came after the snapshot from what nobody knows of. */
  readonly commerceNow: Pick<Reader, 'rows'>;
  readonly kafka?: KafkaConnection;
  readonly redis?: RedisAccess;
  readonly dataPlatform?: DataPlatformAccess;
  /** How long the reading of a topic or of what was delivered may take, in milliseconds. */
  readonly readTimeoutMs: number;
  /** How long a ranking may take to be mended, in milliseconds. */
  readonly mendMs: number;
  /** Answers under idempotency keys are complete from here on; older ones may be purged. */
  readonly keysSince: Date;
  /** Events in the outbox, and those sent since then in their topics, are complete from here on. */
  readonly eventsSince: Date;
  /** Handled events are complete in the inbox from here on. */
  readonly inboxSince: Date;
  /** The most products in a day's snapshot. */
  readonly snapshotSize: number;
  /** Path of the log of answers that the client kept. */
  readonly clientLog?: string;
}

/** What a check found. */
export interface Finding {
  readonly counted: Readonly<Record<string, number>>;
  readonly total: number;
  readonly rows: readonly BrokenRow[];
  readonly remarks?: readonly string[];
}

/** A promise of the shop that can be recomputed. */
export interface Check {
  readonly name: string;
  /** One sentence: what holds when nothing is broken. */
  readonly promise: string;
  /** Without these it is not judged. */
  readonly needs: readonly Need[];
  run(scope: AuditScope): Promise<Finding>;
}

export type Need = 'auth' | 'kafka' | 'redis' | 'data-platform' | 'client-log' | 'rest';
