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

/** An event as a consumer gets it, its data not yet checked. */
export interface ReceivedEvent extends Omit<Event, 'data'> {
  readonly data: unknown;
}
