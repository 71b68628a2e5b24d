import { awaitSchema } from './await-schema.ts';
import type { SeedConfig } from './config.ts';
import { seedPeople, seedPlatform } from './seed-platform.ts';
import { seedProducts } from './seed-products.ts';
import { USER_COUNT } from './seed-users.ts';

/** Waits for the schemas, and brings in what is missing; tells what it does, a line a step. */
export async function runSeed(config: SeedConfig, report: (line: string) => void, now: Date): Promise<void> {
  const { auth, commerce, admin, waitSeconds } = config;
  const waiting = { waitSeconds, report };
  await awaitSchema('auth', auth, waiting);
  if (commerce === undefined) {
    const { admin: outcome } = await seedPeople(auth, { users: 0, admin }, now);
    report(`admin ${admin.email}: ${outcome}`);
    return;
  }
  await awaitSchema('commerce', commerce, waiting);
  const plan = { products: seedProducts().length, users: USER_COUNT, admin };
  const added = await seedPlatform({ auth, commerce }, plan, now);
  report(`${added.products} of ${plan.products} products and ${added.users} of ${plan.users} users added`);
  report(`admin ${admin.email}: ${added.admin}`);
}
