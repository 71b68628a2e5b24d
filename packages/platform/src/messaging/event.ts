/** Something that happened, on its way out (CloudEvents 1.0). */
export interface Event {
  /** Unique per event: consumers know repeats by it. */
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly topic: string;
  /** The aggregate's id; events of one key keep their order. */
  readonly key: string;
  readonly subject?: string;
  readonly time: Date;
  readonly data: object;
}

/** An event as it was read, its data not yet checked. */
export interface ReceivedEvent extends Omit<Event, 'data'> {
  readonly data: unknown;
}

/** An event as a consumer's work gets it. */
export interface TypedEvent<D> extends Omit<Event, 'data'> {
  readonly data: D;
}
