/**
 * `kept` and `broken` are judgements; `not-judged` says that the check's precondition was not there,
 * `failed` that its queries could not be answered.
 */
export type CheckState = 'kept' | 'broken' | 'not-judged' | 'failed';

/** One row (or one key of the client's log) that breaks a promise, and in which way. */
export interface BrokenRow {
  readonly problem: string;
  readonly row: Readonly<Record<string, unknown>>;
}

export interface CheckReport {
  readonly name: string;
  /** What holds when the check is kept, in one sentence. */
  readonly promise: string;
  readonly state: CheckState;
  /** What was looked at: how many of what. */
  readonly counted: Readonly<Record<string, number>>;
  /** All broken rows counted, the first of them named. */
  readonly broken: { readonly total: number; readonly rows: readonly BrokenRow[] };
  /** Why it was not judged or failed, or what was left out. */
  readonly remarks: readonly string[];
  readonly durationMs: number;
}

/** Whether anything moved while the audit looked: what spans schemas, or the outbox, is judged at rest only. */
export interface QuiescenceReport {
  readonly quiet: boolean;
  readonly unsentEvents: number;
  /** How many messages the consumers were still to handle; absent when the brokers did not say. */
  readonly unhandledMessages?: number;
  readonly waitedMs: number;
}

/** `incomplete`: nothing is broken, but not all was judged. */
export type Verdict = 'clean' | 'violated' | 'failed' | 'incomplete';

export interface AuditReport {
  readonly verdict: Verdict;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly quiescence: QuiescenceReport;
  readonly checks: readonly CheckReport[];
  /** What an operator should know although no promise is broken. */
  readonly notices: readonly string[];
}
