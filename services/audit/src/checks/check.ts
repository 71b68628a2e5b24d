import type { BrokenRow } from '../report/audit-report.ts';
import type { Snapshot } from '../snapshot/open-snapshot.ts';

/** What a check may look at. */
export interface AuditScope {
  readonly commerce: Snapshot;
  readonly auth?: Snapshot;
  /** Answers under idempotency keys are complete from here on; older ones may be purged. */
  readonly keysSince: Date;
  /** Events in the outbox are complete from here on; older ones may be purged. */
  readonly eventsSince: Date;
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

/** A promise of the shop that can be recomputed from its tables. */
export interface Check {
  readonly name: string;
  /** One sentence: what holds when nothing is broken. */
  readonly promise: string;
  /** Without these it is not judged. */
  readonly needs: readonly Need[];
  run(scope: AuditScope): Promise<Finding>;
}

export type Need = 'auth' | 'client-log' | 'rest';
