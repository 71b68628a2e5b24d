import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOnce } from './write-once.ts';

/**
 * The replication id of the server on these data; drawn when they have none yet. Who begins on empty data is somebody
 * else than who wrote there before, since a server passes over the transactions of its own id, and would lack those.
 */
export function serverIdOf(dataFolder: string): number {
  const file = join(dataFolder, 'server-id');
  writeOnce(file, `${randomInt(1, 2 ** 32)}\n`);
  return Number(readFileSync(file, 'utf8'));
}
