import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The name of the primary; when nobody is named yet, `first` becomes it. */
export function readPrimary(file: string, first: string): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.partial`, `${first}\n`);
    renameSync(`${file}.partial`, file);
  }
  return readFileSync(file, 'utf8').trim();
}
