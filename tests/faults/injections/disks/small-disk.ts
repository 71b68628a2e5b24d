import { execFile } from 'node:child_process';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of a few MiB, held in memory, over a folder: it can be filled without harm to the machine. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room that is left; gives how many bytes that was. */
  fill(): Promise<number>;
  /** Gives the room back. */
  free(): Promise<void>;
  /** Takes the disk away with all that is on it; nobody may have a file of it open. */
  remove(): Promise<void>;
}

const mountTimeoutMs = 10_000;

/** Mounts one over the folder, which is made; undefined where this process may not mount. */
export async function mountSmallDisk(folder: string, mebibytes: number): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'onsale-small-disk', folder], {
      timeout: mountTimeoutMs,
    });
  } catch {
    return undefined;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: async () => {
      await fillUp(filler);
      return (await stat(filler)).size;
    },
    free: () => rm(filler, { force: true }),
    remove: async () => {
      await run('umount', [folder], { timeout: mountTimeoutMs });
    },
  };
}

/** Pieces of one memory page at last: no smaller one is given out. */
const pieces = [1_048_576, 4_096];

async function fillUp(file: string): Promise<void> {
  await using filler = await open(file, 'a');
  for (const size of pieces) {
    const piece = Buffer.alloc(size);
    try {
      for (;;) await filler.writeFile(piece);
    } catch (error) {
      if (Reflect.get(Object(error), 'code') !== 'ENOSPC') throw error;
    }
  }
}
