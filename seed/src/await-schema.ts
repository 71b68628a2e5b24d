import { keepTrying, type Waiting } from '@onsale/platform/service';
import type { SchemaAddress } from './schema-address.ts';
import { SeedError } from './seed-error.ts';
import { withSchema } from './with-schema.ts';

/** What the seed writes, by schema: a migration that has not been run yet lacks one of these. */
const written = {
  auth: [
    'SELECT id, email, name, password_hash, role, created_at FROM users LIMIT 0',
    'SELECT user_id, revoked_at FROM refresh_tokens LIMIT 0',
  ],
  commerce: [
    'SELECT id, name, name_ko, price, stock, version, created_at, updated_at FROM products LIMIT 0',
    'SELECT id, product_id, change_by, kind, reference, created_at FROM stock_changes LIMIT 0',
  ],
} as const;

/** Waits until the schema's server answers and it has its tables. @throws SeedError that says why it has not in time */
export function awaitSchema(schema: keyof typeof written, address: SchemaAddress, waiting: Waiting): Promise<void> {
  return keepTrying({
    ...waiting,
    what: `the schema ${schema}`,
    attempt: () =>
      withSchema(address, async (connection) => {
        for (const sql of written[schema]) await connection.query(sql);
      }),
    failure: (message, cause) => new SeedError(message, { cause }),
  });
}
