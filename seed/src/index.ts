export { DEMO_PASSWORD } from './demo-password.ts';
export type { Admin } from './ensure-admin.ts';
export { type Seeded, type SeedPlan, type SeedTarget, seedPlatform } from './seed-platform.ts';
export { type SeedProduct, seedProducts } from './seed-products.ts';
export { type SeedUser, seedUser, USER_COUNT } from './seed-users.ts';
export { seededRandom } from './seeded-random.ts';
