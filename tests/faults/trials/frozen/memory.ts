import { readFileSync } from 'node:fs';
import type { Platform } from '@onsale/local';

const KIB_PER_MIB = 1_024;

/** The resident memory of a process in MiB; undefined when there is no such process. */
export function residentMib(pid: number): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / KIB_PER_MIB;
  } catch {
    return undefined;
  }
}

/** A running instance, and what it holds. */
export interface Resident {
  readonly name: string;
  readonly pid: number;
  readonly mib: number;
}

/** Every instance that runs now. */
export function residents({ services }: Pick<Platform, 'services'>): Resident[] {
  return Object.values(services)
    .flat()
    .flatMap(({ name, pid }) => {
      const mib = pid === undefined ? undefined : residentMib(pid);
      return pid === undefined || mib === undefined ? [] : [{ name, pid, mib }];
    });
}
