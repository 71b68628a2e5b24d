import { rmSync } from 'node:fs';
import { recallRun } from './run.ts';

/** Ends what the set-up started, and removes its data. */
export default async function globalTeardown(): Promise<void> {
  const run = recallRun();
  if (run === undefined) return;
  run.provisioner.close();
  run.provisioner.closeAllConnections();
  await run.servers.stop();
  rmSync(run.dataFolder, { recursive: true, force: true });
}
