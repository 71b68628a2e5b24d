// Exits 0 when what is installed here is, by version and integrity, exactly what package-lock.json asks for the given
// workspaces to run: nothing missing, and nothing of development besides.
// Usage: node scripts/dependencies-in-image.ts <folder> ... (a folder of workspaces stands for each of them)
import { readFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const locked = packagesOf('package-lock.json');
const installed = packagesOf('node_modules/.package-lock.json');
const folders = process.argv.slice(2);
const wanted = closureOf();

const faults = [
  ...[...wanted].filter((path) => !same(path)).map((path) => `not as locked: ${path}`),
  ...Object.keys(installed)
    .filter((path) => path.includes('node_modules/') && !wanted.has(path) && !isAsked(installed[path]?.resolved))
    .map((path) => `not needed to run: ${path}`),
];
if (wanted.size === 0) faults.push('no such workspaces');
for (const fault of faults) process.stderr.write(`dependencies-in-image: ${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

function packagesOf(file: string): Record<string, Entry> {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function same(path: string): boolean {
  const [ours, theirs] = [locked[path], installed[path]];
  return ours !== undefined && theirs?.version === ours.version && theirs?.integrity === ours.integrity;
}

function isAsked(path: string | undefined): boolean {
  return folders.some((folder) => path === folder || path?.startsWith(`${folder}/`));
}

/** The places under node_modules of all that these workspaces need, found as Node finds them: from the inside out. */
function closureOf(): Set<string> {
  const open = Object.keys(locked).filter((path) => isAsked(path) && !path.includes('node_modules/'));
  const seen = new Set(open);
  for (const path of open) {
    for (const name of needsOf(locked[path])) {
      const place = placeOf(name, path);
      const target = locked[place]?.link ? (locked[place].resolved ?? place) : place;
      for (const next of [place, target]) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
  }
  return new Set([...seen].filter((path) => path.includes('node_modules/')));
}

function needsOf(entry: Entry | undefined): string[] {
  const peers = Object.keys(entry?.peerDependencies ?? {});
  return [
    ...Object.keys(entry?.dependencies ?? {}),
    ...peers.filter((name) => entry?.peerDependenciesMeta?.[name]?.optional !== true),
  ];
}

function placeOf(name: string, from: string): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in locked || folder === '') return place;
  }
}
