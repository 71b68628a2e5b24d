import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { CommandError } from '../../command-line/command-error.ts';
import type { Naming, Topology } from './topology.ts';

/** The primary file of a local platform: it holds the name of a server. Its servers look at it when they start. */
export function primaryFile(path: string): Topology {
  const read = async (): Promise<Naming> => {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(`who is primary cannot be read: ${why}`, { cause: error });
    });
    const primary = text.trim();
    if (primary === '') throw new CommandError(`${path} names no primary`);
    return { primary, version: text };
  };
  return {
    place: path,
    serversFollow: false,
    read,
    async name(server, instead) {
      if ((await read()).version !== instead.version) return false;
      // A file of its own: two commands at once must not write into one another's.
      const partial = `${path}.${randomUUID()}.partial`;
      await writeFile(partial, `${server}\n`);
      await rename(partial, path);
      return true;
    },
    close: async () => undefined,
  };
}
