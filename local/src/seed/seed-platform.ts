import type { SchemaAccess } from '@onsale/local-servers';
import { type Admin, ensureAdmin } from './admin.ts';
import { insertProducts } from './insert-products.ts';
import { insertUsers } from './insert-users.ts';
import { seedProducts } from './seed-products.ts';
import { withSchema } from './with-schema.ts';

/** How much a fresh platform is given. */
export interface SeedPlan {
  readonly products: number;
  readonly users: number;
}

export interface SeedTarget {
  readonly port: number;
  readonly caFile: string;
  readonly schemas: Readonly<Record<'auth' | 'commerce', SchemaAccess>>;
  readonly adminFile: string;
}

export interface Seeded {
  readonly products: number;
  readonly users: number;
  readonly admin: Admin;
}

/**
 * Adds products, users and the admin where they are missing, and says how many. Users start without points: points come
 * from charges alone, so that the ledger explains all of them.
 */
export async function seedPlatform(target: SeedTarget, plan: SeedPlan, now: Date): Promise<Seeded> {
  const address = ({ database, app }: SchemaAccess) => ({
    port: target.port,
    caFile: target.caFile,
    database,
    user: app,
  });
  const [products, people] = await Promise.all([
    withSchema(address(target.schemas.commerce), (connection) =>
      insertProducts(connection, seedProducts().slice(0, plan.products), now),
    ),
    withSchema(address(target.schemas.auth), async (connection) => ({
      users: await insertUsers(connection, plan.users, now),
      admin: await ensureAdmin(connection, target.adminFile),
    })),
  ]);
  return { products, ...people };
}
