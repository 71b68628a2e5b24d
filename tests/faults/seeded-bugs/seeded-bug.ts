import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A small patch that breaks a promise, and that the campaign must catch. */
export interface SeededBug {
  /** `03`, by which it is asked for. */
  readonly number: string;
  /** `key-stored-after-commit`. */
  readonly name: string;
  /** The patch. */
  readonly file: string;
  /** What it breaks, in a sentence or two. */
  readonly breaks: string;
  /** Names of the faults that bring it out; any of the campaign's when absent. */
  readonly faults?: string;
}

const folder = fileURLToPath(new URL('patches/', import.meta.url));
const named = /^(\d\d)-([a-z-]+)\.patch$/;
const faultsAre = 'Faults: ';

/** @throws Error when the patch does not begin by saying what it breaks */
export function readSeededBug(file: string, patch: string): SeededBug {
  const [, number, name] = named.exec(basename(file)) ?? [];
  const lines = patch.split('\n');
  const comments = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('# ')),
    )
    .map((line) => line.slice(2));
  const faults = comments.find((line) => line.startsWith(faultsAre))?.slice(faultsAre.length);
  const breaks = comments.filter((line) => !line.startsWith(faultsAre)).join(' ');
  if (number === undefined || name === undefined || breaks === '') {
    throw new Error(`${file} must be called like 03-its-name.patch and begin with comments that say what it breaks`);
  }
  return { number, name, file, breaks, ...(faults !== undefined && { faults }) };
}

/** All of them, in the order of their numbers. */
export async function listSeededBugs(): Promise<SeededBug[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.patch')).sort();
  return Promise.all(
    files.map(async (name) => readSeededBug(join(folder, name), await readFile(join(folder, name), 'utf8'))),
  );
}
