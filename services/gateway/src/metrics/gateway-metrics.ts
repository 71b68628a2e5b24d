import { Counter, Gauge, type Registry } from 'prom-client';
import type { Admission } from '../admission/admission.ts';
import type { Outcome } from '../proxy/send-once.ts';
import type { Upstreams } from '../upstreams/open-upstreams.ts';

export interface GatewayMetrics {
  countOutcome(service: string, outcome: Outcome['kind']): void;
  countShed(service: string): void;
}

export interface Watched {
  upstreams: Upstreams;
  admissionOf(service: string): Admission;
}

/** Registers how attempts ended, how many instances of each service are up, and how many requests it may be given at once. */
export function createGatewayMetrics(registry: Registry, { upstreams, admissionOf }: Watched): GatewayMetrics {
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
  const shed = new Counter({
    name: 'gateway_requests_shed_total',
    help: 'Requests refused because their service had as many as it answers in time',
    labelNames: ['service'],
    registers,
  });
  new Gauge({
    name: 'gateway_in_flight_limit',
    help: 'Requests that a service is given at once; less than at first when its answers take too long',
    labelNames: ['service'],
    registers,
    collect() {
      for (const service of upstreams.services) this.set({ service }, admissionOf(service).limit.max);
    },
  });
  return {
    countOutcome: (service, outcome) => attempts.inc({ service, outcome }),
    countShed: (service) => shed.inc({ service }),
  };
}
