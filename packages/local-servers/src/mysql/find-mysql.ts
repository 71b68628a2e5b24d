import { apt, aptInstall, withApt } from '../install/apt-install.ts';
import { cachedFolder } from '../install/cached-folder.ts';
import { findProgram } from '../install/find-program.ts';
import type { InstallContext } from '../install/install-context.ts';
import { linuxRelease } from '../install/linux-release.ts';
import { unpackDebianPackage } from '../install/unpack-debian-package.ts';
import { runCommand } from '../processes/run-command.ts';
import { StartError } from '../start-error.ts';
import { type MysqlInstallation, supportedVersion } from './mysql-installation.ts';
import { unpackedMysql } from './unpacked-mysql.ts';

async function installationOnPath(context: InstallContext): Promise<MysqlInstallation | undefined> {
  const command = findProgram('mysqld', context.searchPath);
  if (!command) return undefined;
  const answer = await runCommand(command, ['--version'], { timeoutMs: 20_000, signal: context.signal });
  const version = supportedVersion(answer);
  return version ? { version, command, leading: [], layout: [] } : undefined;
}

/** The distribution's server without its service, the newest where there are several; undefined where there is none. */
async function packagedServer(context: InstallContext): Promise<string | undefined> {
  const search = () => apt('apt-cache', ['search', '--names-only', '^mysql-server-core'], context);
  const found = await withApt(context, async () => {
    const known = await search();
    if (known) return known;
    await apt('apt-get', ['update'], context);
    return search();
  });
  const names = found.split('\n').map((line) => line.split(' ')[0] ?? '');
  return names
    .filter((name) => /^mysql-server-core(-\d+(\.\d+)*)?$/.test(name))
    .sort()
    .at(-1);
}

/**
 * A server of MySQL 8.0 or later: the machine's own, else the distribution's (root), else, on Debian, which has none,
 * the unstable suite's unpacked into the cache folder.
 */
export async function findMysql(context: InstallContext): Promise<MysqlInstallation> {
  const found = await installationOnPath(context);
  if (found) return found;
  const release = linuxRelease();
  if (release.id !== 'debian' && context.isRoot && findProgram('apt-get', context.searchPath)) {
    const name = await packagedServer(context);
    if (name) await aptInstall('MySQL', [name], context);
    const installed = await installationOnPath(context);
    if (installed) return installed;
  }
  if (release.id === 'debian' && findProgram('dpkg', context.searchPath)) {
    const folder = await cachedFolder('mysql-server', context, async (partial) => {
      context.report('MySQL: downloading (60 MB)…');
      const wanted = { package: 'mysql-server-core', codename: release.codename, skip: /^(lib)?perl|^libgdbm/ };
      await unpackDebianPackage(wanted, partial, context);
    });
    return unpackedMysql(folder, context.signal);
  }
  throw new StartError(
    'MySQL: no mysqld 8.0 or later was found; install it (on Ubuntu: sudo apt-get install mysql-server-core-8.0)',
  );
}
