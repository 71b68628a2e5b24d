import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';

export interface ProcessRecords {
  /** Synchronous: between a start and its record nothing else may happen. */
  write(name: string, identity: ProcessIdentity): void;
  remove(name: string): void;
  all(): { name: string; identity: ProcessIdentity }[];
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isSafeInteger(value.pid) &&
    'startTicks' in value &&
    typeof value.startTicks === 'string' &&
    'bootId' in value &&
    typeof value.bootId === 'string'
  );
}

/** The processes that were started for a data folder, kept in that folder so that the next start finds them. */
export function processRecords(folder: string): ProcessRecords {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, `${name}.json`);
  return {
    write(name, identity) {
      const partial = `${file(name)}.partial`;
      writeFileSync(partial, JSON.stringify(identity));
      renameSync(partial, file(name));
    },
    remove(name) {
      rmSync(file(name), { force: true });
    },
    all() {
      const names = readdirSync(folder).filter((entry) => entry.endsWith('.json'));
      return names.flatMap((entry) => {
        const identity: unknown = JSON.parse(readFileSync(join(folder, entry), 'utf8'));
        return isIdentity(identity) ? [{ name: entry.slice(0, -'.json'.length), identity }] : [];
      });
    },
  };
}
