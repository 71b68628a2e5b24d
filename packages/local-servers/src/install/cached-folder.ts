import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from '../locks/with-lock.ts';
import type { InstallContext } from './install-context.ts';

/**
 * A folder of the cache, made once: built under another name and renamed when complete, so that it is there whole or
 * not at all, and built by one process while others wait.
 */
export async function cachedFolder(
  name: string,
  context: InstallContext,
  build: (folder: string) => Promise<void>,
  timeoutMs = 600_000,
): Promise<string> {
  const folder = join(context.cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const onWait = () => context.report(`waiting for another start, which makes ${folder}…`);
  return withLock(`cache/${folder}`, { timeoutMs, signal: context.signal, onWait }, async () => {
    if (existsSync(folder)) return folder;
    // What an interrupted build left: nobody else builds while we hold the lock.
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { mode: 0o700 });
    try {
      await build(partial);
      await rename(partial, folder);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    return folder;
  });
}

/** The files of a folder by the end of their names, sorted. */
export async function filesEndingWith(folder: string, ending: string): Promise<string[]> {
  return (await readdir(folder))
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));
}
