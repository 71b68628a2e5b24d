import { existsSync, readFileSync } from 'node:fs';
import { type ReachedLine, reachedLine } from './protocol.ts';

/** What processes have written down so far; a line that is being written is not read yet. */
export function readReached(file: string): ReachedLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => reachedLine.parse(JSON.parse(line)));
}
