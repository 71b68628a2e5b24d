import { randomFillSync } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';

/** Where new ids come from. They are opaque to everyone but their maker. */
export interface Ids {
  next(): string;
}

const POOLED_IDS = 256;

/** UUIDs of version 7 (RFC 9562): the clock's milliseconds first, so that rows made together lie together. */
export function createUuidIds(clock: Clock): Ids {
  const pool = Buffer.alloc(16 * POOLED_IDS);
  let used = pool.length;
  return {
    next() {
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      const bytes = pool.subarray(used, used + 16);
      used += 16;
      bytes.writeUIntBE(clock.now().getTime(), 0, 6);
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}

/** UUIDv7 by the machine's clock. */
export const uuidIds: Ids = createUuidIds(systemClock);
