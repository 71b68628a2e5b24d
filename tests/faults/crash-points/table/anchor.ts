import type { Distinction } from './flow.ts';

/** A place in the source of the product, found by its text. */
export interface Spot {
  /** From the repository's root. */
  readonly file: string;
  /** Text that the file has exactly once. Where it begins or ends a statement can stand, see `place`. */
  readonly text: string;
  /** `behind` is right behind a statement that returns or throws: nothing can be put after it. */
  readonly place: 'before' | 'after' | 'behind';
}

/** The spot of one step, or, in code that serves many flows, of the same step of each of them. */
export interface Anchor extends Spot {
  readonly step: string;
  /** A flow's name, or how the code there tells which it is in. */
  readonly of: string | Subject;
  /** An expression: what it is at, for the record of a point that was reached. */
  readonly detail?: string;
}

/** An expression whose value is the name by which a flow is known there. */
export interface Subject {
  readonly by: Distinction;
  readonly expression: string;
}

/** Code that another anchor's expression needs. */
export interface Note extends Spot {
  readonly code: string;
}
