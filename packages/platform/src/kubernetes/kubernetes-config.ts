import { z } from 'zod';
import { ConfigError } from '../service/config-error.ts';

/** How a process in a pod finds the API server; spread into the schema of whoever calls it. */
export const kubernetesConfig = {
  /** The API server, as Kubernetes tells each pod. */
  KUBERNETES_SERVICE_HOST: z.string().min(1).optional(),
  KUBERNETES_SERVICE_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port')
    .default('443'),
  /** Holds `token` and `ca.crt` of the service account; both are read anew for each call. */
  KUBERNETES_CREDENTIALS_FOLDER: z.string().min(1).default('/var/run/secrets/kubernetes.io/serviceaccount'),
};

/** The name of a namespace, as Kubernetes takes it. */
export const namespaceName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be the name of a namespace');

const schema = z.object(kubernetesConfig);

export type KubernetesConfig = z.output<typeof schema>;

/**
 * The origin of the API server.
 * @throws ConfigError outside of a cluster, told for the variable that asks for one
 */
export function apiServerUrl(
  { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port }: KubernetesConfig,
  asker: string,
): string {
  if (host === undefined) {
    throw new ConfigError(`${asker} needs a Kubernetes cluster, which tells its pods KUBERNETES_SERVICE_HOST`);
  }
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
