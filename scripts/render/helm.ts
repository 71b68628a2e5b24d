import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Charts are rendered for this version, whatever the one that helm was built for. */
export const kubeVersion = '1.34.0';

export const repository = new URL('../../', import.meta.url).pathname;

/** False only where there is no such program: one that is there and broken must fail its tests. */
export function isOnPath(program: string): boolean {
  const { error } = spawnSync(program, ['version'], { timeout: 30_000, stdio: 'ignore' });
  return !(error && 'code' in error && error.code === 'ENOENT');
}

/**
 * What helm prints, run in the repository; a minute at most.
 * @throws what helm said on stderr
 */
export async function helm(args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('helm', [...args], {
      cwd: repository,
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(said || String(error), { cause: error });
  }
}
