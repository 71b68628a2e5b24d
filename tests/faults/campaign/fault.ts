import type { Stage } from './stage.ts';

/** What shows that a fault happened. */
export interface Evidence {
  readonly happened: boolean;
  /** What was seen: pids, counts, states. */
  readonly what: string;
  /** Processes that ended by it; none when left out. */
  readonly kills?: number;
}

/** One way to break the platform, and to heal it again. */
export interface Fault {
  /** Stable: the plan and the table name it so: 'order killed', 'redis emptied'. */
  readonly name: string;
  /** Upper bound of what it takes with its healing, in ms. */
  readonly takesMs: number;
  /** What it breaks, or needs whole. Two that have a name in common are never on at once; one without is on alone. */
  readonly touches?: readonly string[];
  /**
   * Breaks, holds, heals; resolves when all that it touched is whole again: services ready, servers answering. Does not
   * reject for a fault that did not happen: the evidence says so. An aborted signal ends the holding; it heals all the same.
   */
  inject(stage: Stage, signal: AbortSignal): Promise<Evidence>;
}
