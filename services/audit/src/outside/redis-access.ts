/** How the Redis of caches and rankings is reached. */
export interface RedisAccess {
  readonly cacheUrl: string;
  /** Counts instead of one in the address. */
  readonly password?: string;
  /** PEM file of the authority that signed the server's certificate, for a rediss: address. */
  readonly caFile?: string;
}
