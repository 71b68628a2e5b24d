import type { Platform } from '@onsale/local';
import { type Resident, residents } from './memory.ts';

/** What an instance was seen with. */
export interface Seen {
  readonly name: string;
  /** More than one when it was started anew. */
  readonly pids: ReadonlySet<number>;
  readonly firstMib: number;
  readonly mostMib: number;
}

const everyMs = 500;

export interface Watching {
  /** Ends it: what each instance was seen with. */
  end(): readonly Seen[];
}

function seeing(before: Seen | undefined, { name, pid, mib }: Resident): Seen {
  if (before === undefined) return { name, pids: new Set([pid]), firstMib: mib, mostMib: mib };
  return { ...before, pids: new Set([...before.pids, pid]), mostMib: Math.max(before.mostMib, mib) };
}

/** Looks at every instance's process and memory again and again. */
export function watch(platform: Pick<Platform, 'services'>): Watching {
  const seen = new Map<string, Seen>();
  const look = () => {
    for (const resident of residents(platform)) seen.set(resident.name, seeing(seen.get(resident.name), resident));
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    end() {
      clearInterval(timer);
      look();
      return [...seen.values()];
    },
  };
}
