import { matchesGlob } from 'node:path';

/**
 * Whether a file goes to the builder, by the lines of a .dockerignore: the last one counts that matches the file or a
 * folder above it.
 */
export function inBuildContext(file: string, ignoreFile: string): boolean {
  const segments = file.split('/');
  const folders = segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
  let sent = true;
  for (const line of ignoreFile.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const comesBack = line.startsWith('!');
    const pattern = comesBack ? line.slice(1) : line;
    if (folders.some((path) => matches(path, pattern))) sent = comesBack;
  }
  return sent;
}

// Node's globs pass over names that begin with a dot; Docker's do not.
const matches = (path: string, pattern: string): boolean =>
  matchesGlob(path.replaceAll(/(^|\/)\./g, '$1dot-'), pattern.replaceAll(/(^|\/)\./g, '$1dot-'));
