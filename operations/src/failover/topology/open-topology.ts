import type { FailoverConfig } from '../failover-config.ts';
import { primaryFile } from './primary-file.ts';
import type { Topology } from './topology.ts';

/** The place that the configuration names. */
export function openTopology(config: FailoverConfig): Topology {
  return primaryFile(config.FAILOVER_PRIMARY_FILE);
}
