import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A TCP connection's way from a service to a server, which can be broken. What it holds in memory is bounded. */
export interface Wire {
  readonly name: string;
  /** Where those who are to go through it connect, on 127.0.0.1. */
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Bytes that have come out at either end. */
  readonly passed: number;
  /** Chunks and ends of connections that had to wait because the wire was frozen, or was slow. */
  readonly heldBack: number;
  /** The port of the server behind it, on 127.0.0.1. Before, and while nothing listens there, connections are reset. */
  connectTo(port: number): void;
  /** Nothing passes any more, not even that an end was closed; connections stay, and new ones come to be and hear nothing. */
  freeze(): void;
  /** What was held back passes, in its order. */
  thaw(): void;
  /** Resets every connection, at both ends; gives how many. New ones are let through. */
  cut(): number;
  /** From now on every chunk waits for so many ms, those behind it too; 0 is as fast as it can be. */
  slow(ms: number): void;
  close(): Promise<void>;
}

const host = '127.0.0.1';

export async function openWire(name: string): Promise<Wire> {
  const connections = new Set<() => void>();
  let target: number | undefined;
  let frozen: PromiseWithResolvers<void> | undefined;
  let delayMs = 0;
  let passed = 0;
  let heldBack = 0;

  /** Resolves when the next thing may come out of the wire. */
  const letThrough = async (): Promise<void> => {
    if (frozen !== undefined || delayMs > 0) heldBack += 1;
    if (delayMs > 0) await pause(delayMs);
    while (frozen !== undefined) await frozen.promise;
  };

  /** Hands on what comes from one socket until it ends; one chunk at a time, so that a sender waits for the receiver. */
  const carry = async (from: Socket, to: Socket): Promise<void> => {
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false })) {
        await letThrough();
        if (!(await written(to, chunk))) return;
        passed += chunk.length;
      }
      await letThrough();
      to.end();
    } catch {
      await letThrough();
      to.resetAndDestroy();
    }
  };

  const join = async (client: Socket): Promise<void> => {
    let server: Socket | undefined;
    const reset = () => {
      connections.delete(reset);
      client.resetAndDestroy();
      server?.resetAndDestroy();
    };
    connections.add(reset);
    client.on('error', () => undefined);
    await letThrough();
    if (target === undefined) client.resetAndDestroy();
    else if (!client.destroyed) {
      server = connect({ host, port: target, allowHalfOpen: true, noDelay: true });
      server.on('error', () => undefined);
      await Promise.all([carry(client, server), carry(server, client)]);
      server.destroy();
    }
    client.destroy();
    connections.delete(reset);
  };

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void join(client));
  await new Promise<void>((listening) => listener.listen(0, host, listening));
  const { port }: Pick<AddressInfo, 'port'> = Object(listener.address());

  const thaw = () => {
    frozen?.resolve();
    frozen = undefined;
  };
  const cut = (): number => {
    const count = connections.size;
    for (const reset of connections) reset();
    return count;
  };
  return {
    name,
    port,
    get connections() {
      return connections.size;
    },
    get passed() {
      return passed;
    },
    get heldBack() {
      return heldBack;
    },
    connectTo: (serverPort) => {
      target = serverPort;
    },
    freeze: () => {
      frozen ??= Promise.withResolvers();
    },
    thaw,
    cut,
    slow: (ms) => {
      delayMs = ms;
    },
    close: () =>
      new Promise((closed) => {
        listener.close(() => closed());
        cut();
        thaw();
      }),
  };
}

/** Resolves when the kernel has taken the chunk; false when the socket is gone. */
function written(to: Socket, chunk: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    to.write(chunk, (error) => resolve(!error));
  });
}
