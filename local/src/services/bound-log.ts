import { copyFileSync, existsSync, statSync, truncateSync } from 'node:fs';

/**
 * Keeps a log and the one before it under maxBytes each. The writer appends, so emptying the file under it is safe:
 * no pipe through the tool, whose death would otherwise take the service along. Lines written between copy and cut are lost.
 */
export function boundLog(file: string, maxBytes: number): void {
  if (!existsSync(file) || statSync(file).size <= maxBytes) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
}
