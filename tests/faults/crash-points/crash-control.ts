/** What a process does to itself at an armed point: end (SIGKILL), or stop until someone sends SIGCONT (SIGSTOP). */
export type CrashAction = 'kill' | 'stop';

/** What is to happen where. */
export interface CrashOrder {
  /** The name of a crash point, see points.ts. */
  readonly point: string;
  readonly action: CrashAction;
  /** At which passing, counted from the arming; 1 (the next one) when absent. */
  readonly after?: number;
  /** Of all processes that are armed with this word, only the first that gets there acts; the others pass. */
  readonly firstOf?: string;
}

/** That a process got to its armed point: written by the process itself right before its signal. */
export interface Reached {
  readonly point: string;
  readonly action: CrashAction;
  readonly pid: number;
  /** The process's clock, in ms since 1970. */
  readonly at: number;
  /** What it was at, e.g. the transaction's name; empty when the point knows nothing more. */
  readonly detail: string;
}

/** Arms crash points in running services, from outside. */
export interface CrashControl {
  /** What a service needs in its environment so that its points are woven in. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Arms one point in the process, in place of the one armed before; resolves when the process has taken it.
   * @throws Error when there is no such point, or the process does not take it within 5 s (it may just have ended).
   */
  arm(pid: number, order: CrashOrder): Promise<void>;
  /** Takes back what is armed; resolves when the process has taken that, or has ended. */
  disarm(pid: number): Promise<void>;
  /** Resolves when the process has reached the point since it was armed last; undefined when not within so many ms. */
  reached(pid: number, point: string, withinMs: number): Promise<Reached | undefined>;
}
