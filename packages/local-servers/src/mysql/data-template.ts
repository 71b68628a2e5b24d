import { constants, existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from '../install/cached-folder.ts';
import type { InstallContext } from '../install/install-context.ts';
import { runCommand } from '../processes/run-command.ts';
import { initialiseArguments } from './mysql-arguments.ts';
import type { MysqlInstallation } from './mysql-installation.ts';

/** Makes a server's data folder, unless it is there: a copy of one that was initialised once per MySQL version. */
export async function ensureData(
  folder: string,
  installation: MysqlInstallation,
  context: InstallContext,
): Promise<void> {
  if (existsSync(folder)) return;
  const template = await cachedFolder(`mysql-data-${installation.version}`, context, async (partial) => {
    context.report('MySQL: initialising…');
    const data = join(partial, 'data');
    const limits = { timeoutMs: 120_000, signal: context.signal };
    await runCommand(installation.command, initialiseArguments(installation, data, context.isRoot), limits);
    // Each copy makes an identity of its own.
    const own = ['auto.cnf', 'private_key.pem', 'public_key.pem'];
    await Promise.all(own.map((file) => rm(join(data, file), { force: true })));
  });
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(join(template, 'data'), partial, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await rename(partial, folder);
}
