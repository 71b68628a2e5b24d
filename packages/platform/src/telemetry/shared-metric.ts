import type { Registry } from 'prom-client';

/** The registry's metric of that name, or a new one: for what several parts of a process count together. */
export function sharedMetric<const C extends { readonly name: string }, M>(
  metrics: Registry,
  Kind: new (configuration: C & { registers: Registry[] }) => M,
  configuration: C,
): M {
  const known: unknown = metrics.getSingleMetric(configuration.name);
  return known instanceof Kind ? known : new Kind({ ...configuration, registers: [metrics] });
}
