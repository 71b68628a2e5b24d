import { readFileSync } from 'node:fs';

/** What tells one process from every other, also from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process. */
  readonly startTicks: string;
  readonly bootId: string;
}

export interface ProcFiles {
  read(path: string): string | undefined;
}

export const procFiles: ProcFiles = {
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
};

/** The state letter and start time in /proc/<pid>/stat; the name in brackets may hold spaces and brackets. */
export function parseStat(stat: string): { state: string; startTicks: string } | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTicks = fields[19];
  return state && startTicks ? { state, startTicks } : undefined;
}

/** The identity of a living process, or undefined when there is none under this number. */
export function identify(pid: number, files: ProcFiles = procFiles): ProcessIdentity | undefined {
  const stat = files.read(`/proc/${pid}/stat`);
  const bootId = files.read('/proc/sys/kernel/random/boot_id')?.trim();
  const parsed = stat === undefined ? undefined : parseStat(stat);
  if (!parsed || !bootId || parsed.state === 'Z' || parsed.state === 'X') return undefined;
  return { pid, startTicks: parsed.startTicks, bootId };
}

export function isAlive(identity: ProcessIdentity, files: ProcFiles = procFiles): boolean {
  const now = identify(identity.pid, files);
  return now !== undefined && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}
