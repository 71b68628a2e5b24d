import { runGit } from './run-git.ts';

/** Applies the patch to what is in the folder. @throws Error when it does not fit */
export async function plant(folder: string, patch: string): Promise<void> {
  await runGit(folder, ['apply', '--whitespace=nowarn', patch]);
}
