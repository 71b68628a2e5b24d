/** A server's replication, of one that follows another. */
export interface Following {
  /** Whether it hears from the server that it follows. */
  readonly hears: boolean;
  /** The uuid of the server that it follows. */
  readonly sourceUuid: string;
  /** All that it has, applied or not. */
  readonly received: string;
  readonly delaySeconds: number;
  /** Why it applies no more; empty when nothing is wrong. */
  readonly error: string;
}

/** What a server says of itself. */
export interface ServerState {
  readonly writable: boolean;
  /** The transactions that it has, as a GTID set. */
  readonly executed: string;
  /** Undefined for one that follows nobody. */
  readonly following: Following | undefined;
}
