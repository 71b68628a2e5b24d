import { electionConfig } from '@onsale/platform/election';
import { kubernetesConfig, namespaceName } from '@onsale/platform/kubernetes';
import { lockRedisConfig } from '@onsale/platform/redis';
import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';

const server = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,63}=[^=:,\s]+:\d{1,5}$/, 'must be name=host:port, separated by commas')
  .transform((text) => {
    const [name = '', host = '', port = ''] = text.split(/[=:]/);
    return { name, host, port: Number(port) };
  });

/** The servers, where their primary is named, and where it is noted what clients were told of. */
const variables = {
  ...lockRedisConfig,
  /** Every server of the topology, by the name that the place which names the primary has for it. */
  FAILOVER_SERVERS: z
    .string()
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .pipe(z.array(server).min(2, 'must name two servers at least')),
  /** The file that names the primary; or, in a cluster, the ConfigMap and its namespace. */
  FAILOVER_PRIMARY_FILE: z.string().min(1).optional(),
  FAILOVER_CONFIG_MAP: z.string().min(1).optional(),
  FAILOVER_NAMESPACE: namespaceName.optional(),
  ...kubernetesConfig,
  /**
   * May see the replication status; where the servers do not follow the topology by themselves, may change
   * replication and make a server read-only or writable too.
   */
  FAILOVER_MYSQL_USER: z.string().min(1),
  FAILOVER_MYSQL_PASSWORD: z.string(),
  /** PEM file of the authority that signed the servers' certificates: turns TLS on. */
  FAILOVER_MYSQL_CA_FILE: z.string().min(1).optional(),
  /** How long the replica may take to apply what it has received, and then to take writes. */
  FAILOVER_WAIT_SECONDS: wholeNumber(1, 3_600).default(60),
};

interface Place {
  readonly FAILOVER_PRIMARY_FILE?: string | undefined;
  readonly FAILOVER_CONFIG_MAP?: string | undefined;
  readonly FAILOVER_NAMESPACE?: string | undefined;
}

const onePlace = ({
  FAILOVER_PRIMARY_FILE: file,
  FAILOVER_CONFIG_MAP: configMap,
  FAILOVER_NAMESPACE: namespace,
}: Place) =>
  (file === undefined) !== (configMap === undefined) && (configMap === undefined) === (namespace === undefined);
const needsOnePlace = {
  path: ['FAILOVER_PRIMARY_FILE'],
  message: 'must be set, or else FAILOVER_CONFIG_MAP and FAILOVER_NAMESPACE',
};

/** The environment of `failover`. */
export const failoverConfig = z.object(variables).refine(onePlace, needsOnePlace);

/** The environment of `failover --watch`, which is a service: one of all that run is elected. */
export const watchConfig = z
  .object({
    ...serviceConfig,
    ...variables,
    ...electionConfig,
  })
  .refine(onePlace, needsOnePlace);

export type FailoverConfig = z.output<typeof failoverConfig>;
