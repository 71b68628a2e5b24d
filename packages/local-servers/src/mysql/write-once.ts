import { existsSync, renameSync, writeFileSync } from 'node:fs';

/** Writes a file unless it is there. Whoever looks for it finds the whole of it or nothing. */
export function writeOnce(file: string, text: string): void {
  if (existsSync(file)) return;
  writeFileSync(`${file}.partial`, text);
  renameSync(`${file}.partial`, file);
}
