import { type Admin, type AdminOutcome, ensureAdmin } from './ensure-admin.ts';
import { insertProducts } from './insert-products.ts';
import { insertUsers } from './insert-users.ts';
import type { SchemaAddress } from './schema-address.ts';
import { seedProducts } from './seed-products.ts';
import { withSchema } from './with-schema.ts';

/** How much a fresh platform is given. */
export interface SeedPlan {
  readonly products: number;
  readonly users: number;
  readonly admin: Admin;
}

export interface SeedTarget {
  readonly auth: SchemaAddress;
  readonly commerce: SchemaAddress;
}

export interface SeededPeople {
  readonly users: number;
  readonly admin: AdminOutcome;
}

export interface Seeded extends SeededPeople {
  readonly products: number;
}

/**
 * Adds products, users and the admin where they are missing, and says how many. Users start without points: points come
 * from charges alone, so that the ledger explains all of them.
 */
export async function seedPlatform(target: SeedTarget, plan: SeedPlan, now: Date): Promise<Seeded> {
  const [products, people] = await Promise.all([
    withSchema(target.commerce, (connection) =>
      insertProducts(connection, seedProducts().slice(0, plan.products), now),
    ),
    seedPeople(target.auth, plan, now),
  ]);
  return { products, ...people };
}

/** The same of users and the admin alone. */
export function seedPeople(auth: SchemaAddress, plan: Omit<SeedPlan, 'products'>, now: Date): Promise<SeededPeople> {
  return withSchema(auth, async (connection) => ({
    users: await insertUsers(connection, plan.users, now),
    admin: await ensureAdmin(connection, plan.admin),
  }));
}
