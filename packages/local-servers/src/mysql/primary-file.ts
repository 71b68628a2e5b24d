import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The name of the primary. @throws when the file is not there */
export const readPrimary = (file: string): string => readFileSync(file, 'utf8').trim();

/** Names the first primary, unless somebody is named. */
export function ensurePrimary(file: string, first: string): void {
  if (existsSync(file)) return;
  writeFileSync(`${file}.partial`, `${first}\n`);
  renameSync(`${file}.partial`, file);
}
