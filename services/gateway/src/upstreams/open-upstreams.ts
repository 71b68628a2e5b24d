import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { checkHealth } from './check-health.ts';
import { createInstance, type Instance, type InstanceAddress, type PoolLimits } from './instance.ts';

export interface UpstreamsOptions {
  upstreams: Readonly<Record<string, readonly InstanceAddress[]>>;
  limits: PoolLimits;
  healthIntervalMs: number;
  healthTimeoutMs: number;
  /** Told whenever an instance goes down or comes back. */
  onChange?: (service: string, instance: Instance) => void;
}

/** The services behind the gateway. */
export interface Upstreams {
  readonly services: readonly string[];
  instancesOf(service: string): readonly Instance[];
  close(): Promise<void>;
}

const CLOSE_BUDGET_MS = 1_000;

/** Opens connection pools to all instances and keeps asking each that has a check whether it is ready, until closed. */
export function openUpstreams(options: UpstreamsOptions): Upstreams {
  const { upstreams, limits, healthIntervalMs, healthTimeoutMs, onChange } = options;
  const byService = new Map(
    Object.entries(upstreams).map(([service, addresses]) => [
      service,
      addresses.map((address) => createInstance(address, limits)),
    ]),
  );
  const checks = new Agent({ connect: { timeout: healthTimeoutMs }, keepAliveTimeout: 4_000 });
  const stopped = new AbortController();

  async function watch(service: string, instance: Instance, health: string): Promise<void> {
    while (!stopped.signal.aborted) {
      const before = instance.up;
      await checkHealth(instance, health, { dispatcher: checks, timeoutMs: healthTimeoutMs });
      if (instance.up !== before) onChange?.(service, instance);
      await pause(healthIntervalMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  }

  const watches = [...byService].flatMap(([service, instances]) =>
    instances.map((instance) => instance.health && watch(service, instance, instance.health)),
  );
  return {
    services: [...byService.keys()],
    instancesOf: (service) => byService.get(service) ?? [],
    async close() {
      stopped.abort();
      await checks.destroy();
      await Promise.all(watches);
      const pools = [...byService.values()].flat().map((instance) => instance.pool);
      const closed = Promise.all(pools.map((pool) => pool.close()));
      await Promise.race([closed, pause(CLOSE_BUDGET_MS, undefined, { ref: false })]);
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}
