export { availability, availabilityKey } from './persistence/availability.ts';
export { type LockedProduct, lockProducts } from './persistence/lock-products.ts';
export { type MovedProduct, moveStock, type StockMove } from './persistence/move-stock.ts';
