import { connect, createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@onsale/tests/support';

/** One that connections are passed on to while its readiness check says 200. */
export interface BalancerTarget {
  readonly url: string;
  readonly managementUrl: string;
}

/** One address before many, as a Kubernetes Service is: only new connections are balanced, among those that are ready. */
export interface TestBalancer {
  readonly url: string;
  /** Changed by the test as pods come and go. */
  readonly targets: Set<BalancerTarget>;
  /** How many were made so far. */
  readonly connections: number;
  /** False while connections are refused. */
  readonly listening: boolean;
  /** Refuses connections for so long, as if nobody were ready. */
  refuse(forMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** How long it takes until the balancer knows that one is ready, or no longer is. */
const LOOK_EVERY_MS = 100;

async function isReady({ managementUrl }: BalancerTarget, before: boolean): Promise<boolean> {
  try {
    const { status } = await fetch(`${managementUrl}/readyz`, { signal: AbortSignal.timeout(1_000) });
    return status === 200;
  } catch (error) {
    // Late is not gone: as a kubelet does, it takes one answer in vain.
    return error instanceof DOMException && error.name === 'TimeoutError' ? before : false;
  }
}

/** While nobody is ready its port is closed, so that connections are refused. */
export async function startBalancer(): Promise<TestBalancer> {
  const port = await freePort();
  const targets = new Set<BalancerTarget>();
  const stopped = new AbortController();
  let ready: BalancerTarget[] = [];
  let turn = 0;
  let connections = 0;
  let refusing = false;

  const server: Server = createServer({ noDelay: true }, (client) => {
    turn += 1;
    connections += 1;
    const target = ready[turn % ready.length];
    if (target === undefined) return client.destroy();
    const { hostname, port: targetPort } = new URL(target.url);
    const upstream = connect({ host: hostname, port: Number(targetPort), noDelay: true });
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.resetAndDestroy());
      one.on('close', () => other.destroySoon());
    }
  });
  const open = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  const watch = async () => {
    while (!stopped.signal.aborted) {
      const all = [...targets];
      const states = await Promise.all(all.map((target) => isReady(target, ready.includes(target))));
      ready = all.filter((_, index) => states[index]);
      if (ready.length > 0 && !server.listening && !refusing) await open();
      if (ready.length === 0 && server.listening) server.close();
      await pause(LOOK_EVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    url: `http://127.0.0.1:${port}`,
    targets,
    get connections() {
      return connections;
    },
    get listening() {
      return server.listening;
    },
    async refuse(forMs) {
      refusing = true;
      server.close();
      await pause(forMs);
      refusing = false;
      await open();
    },
    async stop() {
      stopped.abort();
      await watching;
      if (server.listening) server.close();
    },
  };
}
