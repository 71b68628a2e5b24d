import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const timeoutMs = 60_000;
const maxBuffer = 16 * 1024 * 1024;

/** What git says in this folder, whatever the folder lies in. @throws Error with what it complains of */
export async function runGit(folder: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) };
  const { stdout } = await promisify(execFile)('git', [...args], { cwd: folder, env, timeout: timeoutMs, maxBuffer });
  return stdout;
}
