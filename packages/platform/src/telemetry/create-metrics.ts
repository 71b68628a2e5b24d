import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of its own with the process's default metrics; every sample carries the label `service`. */
export function createMetrics(name: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service: name });
  collectDefaultMetrics({ register: registry });
  return registry;
}
