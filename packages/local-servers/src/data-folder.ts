import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from './locks/exclusive-lock.ts';
import { endProcess } from './processes/end-process.ts';
import type { ProcessRecords } from './processes/process-records.ts';
import { StartError } from './start-error.ts';

const graceMs = 20_000;

function ownerOf(file: string): string {
  try {
    return ` (process ${readFileSync(file, 'utf8').trim()})`;
  } catch {
    return '';
  }
}

/**
 * Makes this process the only user of a data folder and ends the servers that a tool which was killed left in it.
 * Throws a StartError when another tool is alive on it. Gives back what releases the folder.
 */
export async function claimDataFolder(
  folder: string,
  records: ProcessRecords,
  report: (line: string) => void,
): Promise<() => Promise<void>> {
  const lock = await tryLock(`data/${folder}`);
  const ownerFile = join(folder, 'owner');
  if (!lock) {
    throw new StartError(
      `${folder} is in use${ownerOf(ownerFile)}: stop that one first, or choose another data folder`,
    );
  }
  try {
    writeFileSync(ownerFile, `${process.pid}\n`);
    const left = records.all();
    if (left.length > 0) report(`ending what an earlier start left: ${left.map(({ name }) => name).join(', ')}`);
    await Promise.all(
      left.map(async ({ name, identity }) => {
        await endProcess(identity, graceMs);
        records.remove(name);
      }),
    );
  } catch (error) {
    await lock.release();
    throw error;
  }
  return () => lock.release();
}
