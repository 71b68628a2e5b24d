import type { TendedServer } from '../processes/local-process.ts';
import { readPrimary } from './primary-file.ts';

export interface FenceDeposed {
  readonly servers: readonly TendedServer[];
  readonly primaryFile: string;
  /** Aborts when the servers are to stop. */
  readonly ending: AbortSignal;
  readonly report: (line: string) => void;
}

export interface Fence {
  /** A server took the role of the primary, in the process that it has now. */
  tookWrites(name: string): void;
}

const everyMs = 250;

/**
 * Watches the primary file. When it names another server, the process that was the primary until then is killed, since
 * it may only hang and wake up writable, and started anew, read-only.
 */
export function fenceDeposed({ servers, primaryFile, ending, report }: FenceDeposed): Fence {
  const writers = new Map<string, number | undefined>();
  const tookWrites = (name: string) => {
    writers.set(name, servers.find((server) => server.name === name)?.pid);
  };

  const fence = async (server: TendedServer) => {
    report(`MySQL: ${server.name} is no longer named primary; ending it and starting it read-only`);
    await server.kill();
    if (!ending.aborted) await server.start();
  };
  const look = () => {
    const named = namedIn(primaryFile);
    const primary = servers.find(({ name }) => name === named);
    // A file that is half written, or a slip of the hand, deposes nobody.
    if (primary === undefined) return;
    for (const server of servers) {
      if (server === primary) tookWrites(primary.name);
      else if (server.pid !== undefined && writers.get(server.name) === server.pid) {
        writers.delete(server.name);
        fence(server).catch((error: unknown) => {
          if (!ending.aborted) report(`MySQL: ${server.name} was not started again: ${String(error)}`);
        });
      }
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  ending.addEventListener('abort', () => clearInterval(timer), { once: true });
  return { tookWrites };
}

/** Undefined where the data folder is being removed. */
function namedIn(primaryFile: string): string | undefined {
  try {
    return readPrimary(primaryFile);
  } catch {
    return undefined;
  }
}
