import { StartError } from '../start-error.ts';
import { aptInstall } from './apt-install.ts';
import { findProgram } from './find-program.ts';
import type { InstallContext } from './install-context.ts';

export interface WantedProgram {
  /** The name on PATH. */
  program: string;
  /** What it is called in the lines for the user. */
  title: string;
  /** The Debian and Ubuntu packages that bring it. */
  packages: readonly string[];
}

/** The full path of a program: found, or installed with apt when we are root; otherwise one line says what to install. */
export async function ensureProgram(wanted: WantedProgram, context: InstallContext): Promise<string> {
  const found = findProgram(wanted.program, context.searchPath);
  if (found) return found;
  if (context.isRoot && findProgram('apt-get', context.searchPath)) {
    await aptInstall(wanted.title, wanted.packages, context);
    const installed = findProgram(wanted.program, context.searchPath);
    if (installed) return installed;
  }
  throw new StartError(
    `${wanted.title}: no ${wanted.program} was found; install it (on Debian or Ubuntu: sudo apt-get install ${wanted.packages.join(' ')})`,
  );
}
