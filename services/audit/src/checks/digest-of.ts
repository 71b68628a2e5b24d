import { hash } from 'node:crypto';
import { canonical } from '../client-log/canonical.ts';

const BYTES = 6;

/**
 * A number that stands for a JSON value, whatever the order of its keys. Compared are only values that should be the
 * same one, so that 48 bits do: a million of them are kept at once.
 */
export function digestOf(value: unknown): number {
  return hash('sha1', canonical(value), 'buffer').readUIntBE(0, BYTES);
}
