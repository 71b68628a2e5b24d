import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

/** Sends a signal; false when the process is gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

async function goneWithin(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

/** Ends a process that is not our child: asked first, killed when it has not ended in time. Never one that merely has its number. */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  if (!isAlive(identity)) return;
  sendSignal(identity.pid, 'SIGTERM');
  // A stopped process would keep the request to end for later.
  sendSignal(identity.pid, 'SIGCONT');
  if (await goneWithin(identity, graceMs)) return;
  if (isAlive(identity)) sendSignal(identity.pid, 'SIGKILL');
  if (!(await goneWithin(identity, 10_000))) throw new Error(`process ${identity.pid} does not end`);
}
