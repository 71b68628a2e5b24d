import { DomainError } from '@onsale/platform/http';

export const productNotFound = (productId: string): DomainError =>
  new DomainError('missing', 'product-not-found', `There is no product ${productId}.`);

export const stockTooLow = (productId: string, stock: number): DomainError =>
  new DomainError('rule', 'stock-too-low', `Product ${productId} has only ${stock} pieces to take away.`);
