import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const imports = /^(?:import|export)\s+(?!type\b)[^;]*?\bfrom\s+'([^']+)'/gm;

/**
 * A script and every file that it needs, by its path within the folder: k6 compiles them itself. What it imports for types
 * alone is left out. Nothing but files of this folder and k6's own modules may be imported.
 * @throws Error that names the file and the import that k6 could not resolve
 */
export function scriptFiles(folder: string, entry: string): Record<string, string> {
  const files: Record<string, string> = {};
  const add = (path: string): void => {
    if (path in files) return;
    const text = readFileSync(join(folder, path), 'utf8');
    files[path] = text;
    for (const [, from = ''] of text.matchAll(imports)) {
      if (from.startsWith('.')) add(relative('.', join(dirname(path), from)));
      else if (!from.startsWith('k6')) throw new Error(`${path} imports ${from}, which k6 does not have`);
    }
  };
  add(entry);
  return files;
}
