import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const read = (look: () => string): string => {
  try {
    return look();
  } catch {
    // It has ended since, or is somebody else's.
    return '';
  }
};

/** A process of this run that nobody ended. */
export interface Leftover {
  readonly pid: number;
  readonly command: string;
}

/** The processes that a run's tests started and left: its folder is in their command, environment or working directory. */
export function leftovers(folder: string): Leftover[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
      const signs = [
        command,
        read(() => readFileSync(`/proc/${pid}/environ`, 'utf8')),
        read(() => readlinkSync(`/proc/${pid}/cwd`)),
      ];
      // The test runner's own workers have the run's environment too, and end by themselves.
      const ours = signs.some((sign) => sign.includes(folder)) && !command.includes('/jest-worker/');
      return ours ? [{ pid: Number(pid), command }] : [];
    });
}
