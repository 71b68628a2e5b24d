import { readFileSync } from 'node:fs';
import { until } from '@onsale/tests/support';
import type { Evidence } from '../campaign/fault.ts';
import { hold } from './hold.ts';

/** A process that outlives its deaths: a service or a server. */
export interface Breakable {
  readonly name: string;
  readonly pid: number | undefined;
  kill(): Promise<void>;
  pause(): Promise<void> | void;
  resume(): Promise<void> | void;
}

export interface Breaking {
  readonly holdMs: number;
  readonly signal: AbortSignal;
  /** Resolves when it is up and whole again. */
  readonly heal: () => Promise<void>;
}

export const nothingToBreak = (what: string): Evidence => ({ happened: false, what: `${what} was down already` });

/** Kills processes as a crash would, all at once, and has them healed after the hold. */
export async function kill(targets: readonly Breakable[], { holdMs, signal, heal }: Breaking): Promise<Evidence> {
  const before = targets.map(({ pid }) => pid);
  await Promise.all(targets.map((target) => target.kill()));
  const died = targets.filter(({ pid }, index) => before[index] !== undefined && pid !== before[index]);
  await hold(holdMs, signal);
  await heal();
  if (died.length < targets.length) return nothingToBreak(namesOf(targets));
  const told = targets.map(({ name, pid }, index) => `${name} ${before[index]} → ${pid}`);
  return { happened: true, what: `killed for ${holdMs} ms: ${told.join(', ')}`, kills: died.length };
}

/** Stops a process by SIGSTOP for the hold. */
export async function freeze(target: Breakable, { holdMs, signal, heal }: Breaking): Promise<Evidence> {
  const { pid } = target;
  if (pid === undefined) return nothingToBreak(target.name);
  await target.pause();
  try {
    const stopped = await until(`${target.name} to stop`, async () => isStopped(pid), 2_000).catch(() => false);
    await hold(holdMs, signal);
    const still = stopped && isStopped(pid);
    return {
      happened: still,
      what: `${target.name} ${pid} ${still ? 'stopped' : 'did not stay stopped'} for ${holdMs} ms`,
    };
  } finally {
    await target.resume();
    await heal();
  }
}

const namesOf = (targets: readonly Breakable[]): string => targets.map(({ name }) => name).join(', ');

/** Whether a signal has stopped the process; false too when there is none. */
function isStopped(pid: number): boolean {
  try {
    return /^State:\s*T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
