import { withLock } from '../locks/with-lock.ts';
import { runCommand } from '../processes/run-command.ts';
import type { InstallContext } from './install-context.ts';

const installTimeoutMs = 300_000;

/** Does the work while no other start on this machine uses apt. */
export function withApt<T>(context: InstallContext, work: () => Promise<T>): Promise<T> {
  return withLock('apt', { timeoutMs: installTimeoutMs, signal: context.signal }, work);
}

export function apt(
  program: 'apt-get' | 'apt-cache',
  args: readonly string[],
  context: InstallContext,
): Promise<string> {
  const { signal, environment } = context;
  return runCommand(program, args, { timeoutMs: installTimeoutMs, signal, environment });
}

/** Installs packages of the distribution; needs root. */
export function aptInstall(title: string, packages: readonly string[], context: InstallContext): Promise<void> {
  return withApt(context, async () => {
    context.report(`${title}: installing ${packages.join(', ')} with apt…`);
    const lockWait = ['-o', 'DPkg::Lock::Timeout=120'];
    const install = () =>
      apt('apt-get', [...lockWait, 'install', '-y', '--no-install-recommends', ...packages], context);
    try {
      await install();
    } catch {
      // No package lists, or lists that name versions which are gone.
      await apt('apt-get', [...lockWait, 'update'], context);
      await install();
    }
  });
}
