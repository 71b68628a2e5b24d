export { type OpenStores, openStores, type Stores } from './open-stores.ts';
export { type StoresConfig, storesConfig } from './stores-config.ts';
export { topicsToCreate } from './topics-to-create.ts';
