/** What a trial is given. */
export interface TrialOptions {
  /** How much of it: what it counts is the trial's own. */
  readonly count: number;
  /** Of all that it draws. */
  readonly seed: string;
  /** An empty folder for all that it leaves: the platform's data, the history, the audit's report. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Aborted, it ends early and stops all that it started. */
  readonly signal: AbortSignal;
}

export interface TrialResult {
  /** What was tried and what was measured, for the table. */
  readonly figures: string;
  /** Whether what it breaks broke, as often as was asked: else it proves nothing. */
  readonly happened: boolean;
  /** Broken promises, a sentence each. */
  readonly violations: readonly string[];
}

/** An experiment of its own on a fresh platform, beside the random campaign. */
export interface Trial {
  readonly name: string;
  /** What it tries, and what its count is of. */
  readonly description: string;
  readonly counts: { readonly short: number; readonly long: number };
  /** @throws Error when it could not be held: nothing is said about the platform then */
  run(options: TrialOptions): Promise<TrialResult>;
}
