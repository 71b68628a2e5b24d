import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What happens to the next bytes a client sends; its connection is cut in any case. */
export type Fate =
  /** They arrive, the answer does not. */
  | { readonly arrive: 'at-once' }
  /** They arrive when the client is long gone. */
  | { readonly arrive: 'late'; readonly afterMs: number }
  /** They never arrive, and the server notices the end of the connection. */
  | { readonly arrive: 'never' }
  /** They never arrive, and the server does not notice. */
  | { readonly arrive: 'never-unnoticed' };

export interface TcpProxy {
  readonly port: number;
  /** Decides about the connection that spoke last. */
  cut(fate: Fate): void;
  close(): Promise<void>;
}

/** A wire to a server that can be cut at a chosen moment. */
export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let last: Socket | undefined;
  const fates = new Map<Socket, Fate>();
  const proxy = createServer((client) => {
    const server = connect(target);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    server.on('data', (bytes) => {
      if (client.writable) client.write(bytes);
    });
    server.on('end', () => client.destroy());
    client.on('close', () => {
      if (!fates.has(client)) server.destroy();
    });
    client.on('data', (bytes) => {
      last = client;
      const fate = fates.get(client);
      if (fate === undefined) {
        server.write(bytes);
        return;
      }
      client.destroy();
      if (fate.arrive === 'at-once') server.end(bytes);
      if (fate.arrive === 'late') setTimeout(() => server.end(bytes), fate.afterMs);
      if (fate.arrive === 'never') server.destroy();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port }: Pick<AddressInfo, 'port'> = Object(proxy.address());
  return {
    port,
    cut: (fate) => {
      if (last !== undefined) fates.set(last, fate);
    },
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
