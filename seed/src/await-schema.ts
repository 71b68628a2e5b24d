import { setTimeout as delay } from 'node:timers/promises';
import type { SchemaAddress } from './schema-address.ts';
import { SeedError } from './seed-error.ts';
import { withSchema } from './with-schema.ts';

export interface AwaitSchema {
  readonly waitSeconds: number;
  /** Told why it is being waited, whenever that changes. */
  report(line: string): void;
}

const lookAgainMs = 1_000;

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
export async function awaitSchema(
  schema: keyof typeof written,
  address: SchemaAddress,
  { waitSeconds, report }: AwaitSchema,
): Promise<void> {
  const giveUpAt = performance.now() + waitSeconds * 1000;
  let told: string | undefined;
  for (;;) {
    try {
      await withSchema(address, async (connection) => {
        for (const sql of written[schema]) await connection.query(sql);
      });
      return;
    } catch (error) {
      const why = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
      if (performance.now() >= giveUpAt) {
        throw new SeedError(`the schema ${schema} was not ready within ${waitSeconds} s: ${why}`, { cause: error });
      }
      if (why !== told) report(`waiting for the schema ${schema}: ${why}`);
      told = why;
      await delay(lookAgainMs);
    }
  }
}
