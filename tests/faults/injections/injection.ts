import type { Fault } from '../campaign/fault.ts';

/** A fault from outside of the processes: signals, statements, wires. */
export interface Injection extends Fault {
  /** What it breaks. Two that have a name in common would spoil each other's healing; all others may overlap. */
  readonly touches: readonly string[];
}
