import { openSync, renameSync, statSync } from 'node:fs';

const largestBytes = 5_000_000;

/** Opens a log for appending; a large one of earlier starts is put aside, so that two of them are the most there are. */
export function openLog(file: string): number {
  const before = statSync(file, { throwIfNoEntry: false });
  if (before && before.size > largestBytes) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o600);
}
