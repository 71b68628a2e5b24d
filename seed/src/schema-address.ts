/** How a schema is reached, with the rights of the schema's own user. */
export interface SchemaAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: { readonly user: string; readonly password: string };
  /** PEM file of the authority that signed the server's certificate: turns TLS on. */
  readonly caFile?: string | undefined;
}
