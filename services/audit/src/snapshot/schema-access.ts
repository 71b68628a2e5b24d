/** How a schema is reached by a user who may only read. */
export interface SchemaAccess {
  readonly host: string;
  readonly port: number;
  /** The server that is the primary when the first is not. */
  readonly replica?: { readonly host: string; readonly port: number };
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** PEM of the authority that signed the server's certificate; without it the system's authorities count. */
  readonly ca?: string;
}
