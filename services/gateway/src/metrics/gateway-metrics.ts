import { Counter, Gauge, type Registry } from 'prom-client';
import type { Outcome } from '../proxy/send-once.ts';
import type { Upstreams } from '../upstreams/open-upstreams.ts';

export interface GatewayMetrics {
  countOutcome(service: string, outcome: Outcome['kind']): void;
}

/** Registers how attempts ended, and how many instances of each service are up. */
export function createGatewayMetrics(registry: Registry, upstreams: Upstreams): GatewayMetrics {
  const registers = [registry];
  const attempts = new Counter({
    name: 'gateway_attempts_total',
    help: 'Requests sent to instances, by how they ended',
    labelNames: ['service', 'outcome'],
    registers,
  });
  new Gauge({
    name: 'gateway_instances_up',
    help: 'Instances that may be sent requests; an address that balances by itself is always one',
    labelNames: ['service'],
    registers,
    collect() {
      for (const service of upstreams.services) {
        this.set({ service }, upstreams.instancesOf(service).filter(({ up }) => up).length);
      }
    },
  });
  return { countOutcome: (service, outcome) => attempts.inc({ service, outcome }) };
}
