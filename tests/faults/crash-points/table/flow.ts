/** Something the platform does, as the steps at which a process of it can be made to end or to stop. */
export interface Flow {
  /** The first half of its points' names. */
  readonly name: string;
  /** Which services do it. Of several, one does at a time: whichever leads. */
  readonly services: readonly string[];
  /** In the order in which they come. A step stands for the moment in which it is done, unless it says `before`. */
  readonly steps: readonly string[];
  /** The first and the last step at which others wait for what this one holds: a lock, or rows. */
  readonly holding?: readonly [first: string, last: string];
  /** How code that serves many flows knows this one. */
  readonly known?: Readonly<Partial<Record<Distinction, string>>>;
}

/** What code that serves many flows tells them apart by. */
export type Distinction = 'transaction' | 'route' | 'topic' | 'kafka request';
