/** Of one process, in KiB. Shared pages count in every `rss`, but once in the sum of all `pss`. */
export interface ProcessMemory {
  readonly rss: number;
  readonly pss: number;
}

/** Reads /proc/<pid>/smaps_rollup. */
export function parseMemory(smapsRollup: string): ProcessMemory {
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(smapsRollup)?.[1] ?? 0);
  return { rss: field('Rss'), pss: field('Pss') };
}

const mebibytes = (kibibytes: number) => String(Math.round(kibibytes / 1024)).padStart(8);

/** A table in MiB with the sum in its last line. */
export function printMemory(processes: readonly (ProcessMemory & { name: string })[]): string {
  const sum = (of: (memory: ProcessMemory) => number) => processes.reduce((total, memory) => total + of(memory), 0);
  const line = (name: string, { rss, pss }: ProcessMemory) => `${name.padEnd(20)}${mebibytes(rss)}${mebibytes(pss)}`;
  return [
    `${'MiB'.padEnd(20)}${'RSS'.padStart(8)}${'PSS'.padStart(8)}`,
    ...processes.map((process) => line(process.name, process)),
    line('in all', { rss: sum(({ rss }) => rss), pss: sum(({ pss }) => pss) }),
  ].join('\n');
}
