import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.ts';
import { StartError } from '../start-error.ts';
import { type MysqlInstallation, supportedVersion } from './mysql-installation.ts';

/** The folder with the C library's loader, whose name differs by architecture. */
async function findLoader(folder: string): Promise<{ libraries: string; loader: string } | undefined> {
  for (const triplet of await readdir(join(folder, 'usr/lib'))) {
    if (!triplet.endsWith('-linux-gnu')) continue;
    const libraries = join(folder, 'usr/lib', triplet);
    const loader = (await readdir(libraries)).find((file) => /^ld-linux-.*\.so\.\d+$/.test(file));
    if (loader) return { libraries, loader: join(libraries, loader) };
  }
  return undefined;
}

/** A server in a folder with libraries newer than the machine's: run through the loader that came with them. */
export async function unpackedMysql(folder: string, signal: AbortSignal): Promise<MysqlInstallation> {
  const found = await findLoader(folder);
  if (!found) throw new StartError(`MySQL: ${folder} is incomplete; delete it and start again`);
  const leading = ['--library-path', found.libraries, join(folder, 'usr/sbin/mysqld')];
  const answer = await runCommand(found.loader, [...leading, '--version'], { timeoutMs: 20_000, signal });
  const version = supportedVersion(answer);
  if (!version) throw new StartError(`MySQL: ${folder} holds no MySQL 8.0 or later; delete it and start again`);
  return {
    version,
    command: found.loader,
    leading,
    layout: [
      `--lc-messages-dir=${join(folder, 'usr/share/mysql')}`,
      `--character-sets-dir=${join(folder, 'usr/share/mysql/charsets')}`,
      `--plugin-dir=${join(folder, 'usr/lib/mysql/plugin')}`,
    ],
  };
}
