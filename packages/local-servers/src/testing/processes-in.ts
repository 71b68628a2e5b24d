import { readdirSync, readlinkSync } from 'node:fs';

/** The processes of this machine that work in the folder: everything that was started for it. */
export function processesIn(folder: string): number[] {
  const numbers = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return numbers.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}
