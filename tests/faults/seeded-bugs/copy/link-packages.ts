import { existsSync } from 'node:fs';
import { mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Our own packages: links into the checkout that has them. */
const ours = '@onsale';

/**
 * Gives a copy of a checkout the packages that the checkout has installed, by links; but its own packages are the copy's, so
 * that what is changed in the copy is what runs.
 */
export async function linkPackages(from: string, to: string): Promise<void> {
  const [installed, linked] = [join(from, 'node_modules'), join(to, 'node_modules')];
  await mkdir(join(linked, ours), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name !== ours) await symlink(join(installed, name), join(linked, name));
  }
  for (const name of await readdir(join(installed, ours))) {
    const target = await readlink(join(installed, ours, name));
    await symlink(target, join(linked, ours, name));
    // Versions that one package alone needs.
    const inner = join(resolve(installed, ours, target), 'node_modules');
    if (existsSync(inner)) await symlink(inner, join(resolve(linked, ours, target), 'node_modules'));
  }
}
