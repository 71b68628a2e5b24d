import type { MysqlServer } from '@onsale/platform/provisioning';

/** How a schema is reached, with the rights of the schema's own user. */
export interface SchemaAddress extends MysqlServer {
  readonly database: string;
  readonly user: { readonly user: string; readonly password: string };
}
