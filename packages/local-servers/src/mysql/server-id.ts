import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The replication id of the server on these data; drawn when they have none yet. Who begins on empty data is somebody
 * else than who wrote there before, since a server passes over the transactions of its own id, and would lack those.
 */
export function serverIdOf(dataFolder: string): number {
  const file = join(dataFolder, 'server-id');
  if (!existsSync(file)) {
    writeFileSync(`${file}.partial`, `${randomInt(1, 2 ** 32)}\n`);
    renameSync(`${file}.partial`, file);
  }
  return Number(readFileSync(file, 'utf8'));
}
