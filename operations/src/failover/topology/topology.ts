/** What the one place says, as it was read. */
export interface Naming {
  /** The name of the server that is to take writes. */
  readonly primary: string;
  /** Tells one writing of the place from another; compared, never interpreted. */
  readonly version: string;
}

/** The one place that says which server is the primary: a server that it does not name stays read-only. */
export interface Topology {
  /** Where it is, as people are told. */
  readonly place: string;
  /**
   * Whether the servers watch the place: one that is named then makes itself the primary, and the one before makes
   * itself read-only and follows. Where they do not, whoever names a server does the rest.
   */
  readonly serversFollow: boolean;
  /** @throws CommandError that says why the place cannot be read, or names nobody */
  read(): Promise<Naming>;
  /**
   * Names another server, unless the place was written since it was read.
   * @returns whether it was written
   * @throws CommandError when that is refused, or not known
   */
  name(server: string, instead: Naming): Promise<boolean>;
  close(): Promise<void>;
}
