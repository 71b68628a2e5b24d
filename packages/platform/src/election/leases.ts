import type { KubernetesAnswer, KubernetesApi } from '../kubernetes/kubernetes-api.ts';
import { KubernetesError, refusalOf } from '../kubernetes/kubernetes-error.ts';
import type { Answer } from './candidate.ts';
import { type Lease, leaseSchema } from './lease.ts';

/** The Leases of a namespace. Each call rejects when there is no answer, or one that says nothing of the lease. */
export interface Leases {
  read(name: string, signal?: AbortSignal): Promise<Answer>;
  /** Answers `conflict` when there is one already. */
  create(name: string, spec: Lease['spec'], signal?: AbortSignal): Promise<Answer>;
  /** Answers `conflict` when it is no longer what it was, and `missing` when it is gone. */
  replace(lease: Lease, spec: Lease['spec'], signal?: AbortSignal): Promise<Answer>;
}

const apiVersion = 'coordination.k8s.io/v1';

export function createLeases(api: KubernetesApi, namespace: string): Leases {
  const all = `/apis/${apiVersion}/namespaces/${namespace}/leases`;
  const one = (name: string) => `${all}/${encodeURIComponent(name)}`;
  return {
    async read(name, signal) {
      const answer = await api.call({ method: 'GET', path: one(name) }, signal);
      if (answer.status === 404) return { kind: 'missing' };
      return { kind: 'found', lease: leaseOf(answer) };
    },
    async create(name, spec, signal) {
      const body = { apiVersion, kind: 'Lease', metadata: { name, namespace }, spec };
      const answer = await api.call({ method: 'POST', path: all, body }, signal);
      if (answer.status === 409) return { kind: 'conflict' };
      return { kind: 'written', lease: leaseOf(answer) };
    },
    async replace(lease, spec, signal) {
      const body = { ...lease, spec };
      const answer = await api.call({ method: 'PUT', path: one(lease.metadata.name), body }, signal);
      if (answer.status === 409) return { kind: 'conflict' };
      if (answer.status === 404) return { kind: 'missing' };
      return { kind: 'written', lease: leaseOf(answer) };
    },
  };
}

/** @throws KubernetesError */
function leaseOf(answer: KubernetesAnswer): Lease {
  const { status, body } = answer;
  if (status !== 200 && status !== 201) throw refusalOf(answer);
  const lease = leaseSchema.safeParse(body);
  if (lease.success) return lease.data;
  throw new KubernetesError(status, 'the API server answered with what is no Lease');
}
