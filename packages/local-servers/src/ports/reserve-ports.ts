import { createServer } from 'node:net';
import { type ExclusiveLock, tryLock } from '../locks/exclusive-lock.ts';
import { StartError } from '../start-error.ts';
import { candidatePorts } from './candidate-ports.ts';

export interface ReservedPorts {
  port(name: string): number;
  release(): Promise<void>;
}

export interface WantedPort {
  name: string;
  /** Exactly this one, or a failure. */
  fixed?: number;
  /** This one when it is free: what the server had the last time. */
  remembered?: number;
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Held until released, so that a server that is down for a moment finds its port free when it comes back. */
async function reserve(port: number): Promise<ExclusiveLock | undefined> {
  const lock = await tryLock(`port/${port}`);
  if (lock && (await canListen(port))) return lock;
  await lock?.release();
  return undefined;
}

/** Picks a port for each name; two starters at the same time never get the same. */
export async function reservePorts(
  wanted: readonly WantedPort[],
  candidates: Iterator<number, unknown> = candidatePorts(),
): Promise<ReservedPorts> {
  const ports = new Map<string, number>();
  const locks: ExclusiveLock[] = [];
  const release = async () => {
    await Promise.all(locks.map((lock) => lock.release()));
  };
  const take = async (name: string, port: number): Promise<boolean> => {
    const lock = await reserve(port);
    if (!lock) return false;
    locks.push(lock);
    ports.set(name, port);
    return true;
  };
  try {
    for (const { name, fixed } of wanted) {
      if (fixed !== undefined && !(await take(name, fixed))) throw new StartError(`${name}: port ${fixed} is in use`);
    }
    for (const { name, fixed, remembered } of wanted) {
      if (fixed !== undefined) continue;
      if (remembered !== undefined && (await take(name, remembered))) continue;
      // Not for-of: leaving the loop would end the candidates for the names that follow.
      for (let next = candidates.next(); !next.done && !(await take(name, next.value)); next = candidates.next());
      if (!ports.has(name)) throw new StartError(`${name}: no free port was found`);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return {
    port(name) {
      const port = ports.get(name);
      if (port === undefined) throw new Error(`no port was reserved for ${name}`);
      return port;
    },
    release,
  };
}
