import { rmSync } from 'node:fs';
import { leftovers } from './leftovers.ts';
import { recallRun } from './run.ts';

/** Ends what the set-up started, and what a test that failed half-way left; removes all data. */
export default async function globalTeardown(): Promise<void> {
  const run = recallRun();
  if (run === undefined) return;
  run.provisioner.close();
  run.provisioner.closeAllConnections();
  await run.servers.stop();
  for (const { pid, command } of leftovers(run.folder)) {
    process.stderr.write(`a test left this behind, it is ended now: ${command}\n`);
    process.kill(pid, 'SIGKILL');
  }
  rmSync(run.folder, { recursive: true, force: true, maxRetries: 5 });
}
