import { hostname } from 'node:os';
import { openKubernetesApi } from '../kubernetes/kubernetes-api.ts';
import { apiServerUrl } from '../kubernetes/kubernetes-config.ts';
import type { Clock } from '../service/clock.ts';
import { ConfigError } from '../service/config-error.ts';
import type { Ids } from '../service/ids.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Election } from './election.ts';
import type { ElectionConfig } from './election-config.ts';
import { leaseCandidacy } from './lease-candidacy.ts';
import { leaseName } from './lease-name.ts';
import { type LeaseTiming, leaseTiming } from './lease-timing.ts';
import { createLeases } from './leases.ts';

export interface ElectionOptions {
  readonly config: ElectionConfig;
  readonly log: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Spreads the candidates; Math.random unless given. */
  readonly random?: () => number;
}

/**
 * The election that the configuration asks for; undefined where a lock on the database decides.
 * @throws ConfigError when leases are asked for and it is not said where they are
 */
export function openElection(options: ElectionOptions): Election | undefined {
  const { config } = options;
  if (config.ELECTION === 'database') return undefined;
  const { LEASE_NAMESPACE: namespace } = config;
  if (namespace === undefined) throw new ConfigError('LEASE_NAMESPACE: must be set, since ELECTION is lease');
  const url = apiServerUrl(config, 'ELECTION: lease');
  return leaseElection({ ...options, url, namespace, timing: leaseTiming });
}

export interface LeaseElectionOptions extends ElectionOptions {
  /** Origin of the API server. */
  readonly url: string;
  readonly namespace: string;
  readonly timing: LeaseTiming;
}

/** Leaders by Leases of this namespace. */
export function leaseElection(options: LeaseElectionOptions): Election {
  const { config, url, namespace, timing, log, clock, ids, random = Math.random } = options;
  const credentialsFolder = config.KUBERNETES_CREDENTIALS_FOLDER;
  const api = openKubernetesApi({ url, credentialsFolder, timeoutMs: timing.callTimeoutMs });
  const leases = createLeases(api, namespace);
  return {
    candidacy: (office) =>
      leaseCandidacy({
        leases,
        name: leaseName(config.LEASE_PREFIX, office),
        // A container that is started again has the host name of the one before, which may have left a lease behind;
        // and one process may have several candidates.
        identity: `${config.LEASE_IDENTITY ?? hostname()}_${ids.next()}`,
        timing,
        log,
        clock,
        random,
      }),
    close: () => api.close(),
  };
}
