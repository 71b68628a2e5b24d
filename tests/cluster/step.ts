import type { Cluster } from './cluster.ts';

/** One thing that the cluster must show. It can run alone in a cluster where the shop is installed. */
export interface Step {
  readonly name: string;
  /** What is true once it has passed. */
  readonly shows: string;
  /** Without it nothing that follows means anything. */
  readonly essential?: boolean;
  /** @throws when it is not so */
  run(cluster: Cluster): Promise<void>;
}
