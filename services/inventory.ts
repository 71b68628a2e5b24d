/** A service, and the path prefixes that the gateway sends to it; the longest prefix wins. */
export interface InventoryEntry {
  /** The folder under services/. */
  readonly name: string;
  /** The schema whose tables it may use. */
  readonly schema?: 'auth' | 'commerce' | 'data_platform';
  /** The gateway lets only a valid token through, and counts requests by user. */
  readonly guarded?: readonly string[];
  /** No token is needed to pass the gateway; the service itself guards what needs one. */
  readonly open?: readonly string[];
  /** Open, and counted by address, strictly: here people guess passwords. */
  readonly byAddress?: readonly string[];
}

/** Every service that runs: adding one is a new folder and a line here. */
export const inventory: readonly InventoryEntry[] = [
  { name: 'auth', schema: 'auth', byAddress: ['/api/auth'], guarded: ['/api/auth/me'], open: ['/.well-known'] },
  { name: 'product', schema: 'commerce', open: ['/api/products'], guarded: ['/api/admin/products'] },
  { name: 'point', schema: 'commerce', guarded: ['/api/balance'] },
  { name: 'order', schema: 'commerce', guarded: ['/api/orders'] },
  { name: 'bestseller', schema: 'commerce', open: ['/api/bestsellers', '/api/products/popular'] },
  { name: 'data-platform', schema: 'data_platform' },
  { name: 'gateway' },
];
