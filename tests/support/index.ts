export { type Answered, type CallOptions, call } from './call.ts';
export { type FreshSchema, freshSchema, freshSchemaOn } from './fresh-schema.ts';
export { type SharedServers, sharedServers } from './shared-servers.ts';
export { type Front, startFront } from './start-front.ts';
export { startRedis, type TestRedis } from './start-redis.ts';
export { type Buyer, type Item, type Shop, type ShopOptions, startShop } from './start-shop.ts';
export { type TestKeys, testKeys } from './test-keys.ts';
export { until } from './until.ts';
