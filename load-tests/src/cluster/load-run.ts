import type { Cluster } from './open-cluster.ts';
import type { LoadArguments } from './read-arguments.ts';

/** One load, as it was asked for. */
export interface LoadRun {
  readonly cluster: Cluster;
  readonly options: LoadArguments;
  readonly run: string;
  readonly signal: AbortSignal;
}
