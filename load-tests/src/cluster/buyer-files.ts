import type { Buyer } from '../sale/buyer.ts';

/** Below the 1 MiB that a Secret may hold, whatever its other fields take. */
const mostBytes = 900_000;

/** Buyers as files `buyers-0.json`, `buyers-1.json`, … that fit a Secret each. Tokens and ids are ASCII: a character is a byte. */
export function buyerFiles(buyers: ReadonlyMap<number, Buyer>, most = mostBytes): Record<string, string> {
  const files: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const entry of buyers) {
    const text = JSON.stringify(entry);
    if (size + text.length + 2 > most) {
      files.push([]);
      size = 0;
    }
    files.at(-1)?.push(text);
    size += text.length + 2;
  }
  return Object.fromEntries(files.map((entries, index) => [`buyers-${index}.json`, `[${entries.join(',\n')}]`]));
}
