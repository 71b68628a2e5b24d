import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cluster } from '../cluster.ts';

export interface EndpointWatch {
  /** How few ready endpoints each Service ever had while it was watched. */
  stop(): Promise<ReadonlyMap<string, number>>;
}

/** Watches how many endpoints of Services are ready: every change, not samples. Each Service must have one slice. */
export async function watchEndpoints({ env, namespace }: Cluster, services: readonly string[]): Promise<EndpointWatch> {
  const label = 'kubernetes.io/service-name';
  const path = '{.metadata.labels.kubernetes\\.io/service-name}|{.endpoints[*].conditions.ready}{"\\n"}';
  const selection = ['get', 'endpointslices', '-l', `${label} in (${services.join()})`, '-o', `jsonpath=${path}`];
  const child = spawn('kubectl', ['--namespace', namespace, ...selection, '--watch'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const fewest = new Map<string, number>();
  let ended = false;
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true;
      resolve();
    });
  });
  const allSeen = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const [service = '', states = ''] = line.split('|');
      const ready = states.split(' ').filter((state) => state === 'true').length;
      fewest.set(service, Math.min(ready, fewest.get(service) ?? ready));
      if (fewest.size === services.length) resolve();
    });
  });
  const late = AbortSignal.timeout(15_000);
  const timedOut = new Promise<void>((resolve) => late.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([allSeen, closed, timedOut]);
  if (fewest.size < services.length) {
    child.kill();
    throw new Error(`no endpoints of ${services.filter((service) => !fewest.has(service)).join(', ')}`);
  }
  return {
    async stop() {
      if (ended) throw new Error('the watch of the endpoints broke off');
      child.kill();
      await closed;
      return fewest;
    },
  };
}
