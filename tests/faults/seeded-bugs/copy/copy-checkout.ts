import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { linkPackages } from './link-packages.ts';
import { runGit } from './run-git.ts';

/** Copies a checkout as it stands, with all that git does not ignore, into a folder of which it makes a checkout that runs. */
export async function copyCheckout(from: string, to: string): Promise<void> {
  const listed = await runGit(from, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const file of listed.split('\0')) {
    // What was removed is listed until that is committed.
    if (file === '' || !existsSync(join(from, file))) continue;
    await mkdir(join(to, dirname(file)), { recursive: true });
    await cp(join(from, file), join(to, file), { preserveTimestamps: true, verbatimSymlinks: true });
  }
  await linkPackages(from, to);
}
