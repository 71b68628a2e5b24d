import { join } from 'node:path';
import { checkout } from '@onsale/local';

/** The whole path of a file of the checkout. */
export const inCheckout = (path: string): string => join(checkout, path);
