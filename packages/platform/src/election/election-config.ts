import { z } from 'zod';
import { kubernetesConfig, namespaceName } from '../kubernetes/kubernetes-config.ts';

/** Where leaders are chosen; spread into the schema of a service whose parts elect one. */
export const electionConfig = {
  /** `database`: a named lock on the primary; `lease`: a Lease of the Kubernetes cluster that the process runs in. */
  ELECTION: z.enum(['database', 'lease'], { error: 'must be database or lease' }).default('database'),
  /** The namespace of the Leases; needed with `lease`. */
  LEASE_NAMESPACE: namespaceName.optional(),
  /** What the names of the Leases begin with: one for each installation in a namespace. */
  LEASE_PREFIX: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/, 'must be a DNS label of 40 characters at most')
    .default('onsale'),
  /** Who is shown as the holder, with an id of the process behind it; the host name unless given. */
  LEASE_IDENTITY: z.string().min(1).max(63).optional(),
  ...kubernetesConfig,
};

const schema = z.object(electionConfig);

export type ElectionConfig = z.output<typeof schema>;
