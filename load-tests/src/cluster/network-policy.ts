import type { V1NetworkPolicy, V1NetworkPolicyEgressRule, V1Service } from '@kubernetes/client-node';
import { loadLabels, podLabels } from './labels.ts';

/** Whom k6 may talk to: the pods of a Service of the namespace, or a port of anybody. */
export type Peer = { readonly service: V1Service } | { readonly port: number };

function ruleOf(peer: Peer): V1NetworkPolicyEgressRule {
  if ('port' in peer) return { ports: [{ protocol: 'TCP', port: peer.port }] };
  const { selector = {}, ports = [] } = peer.service.spec ?? {};
  return {
    to: [{ podSelector: { matchLabels: selector } }],
    // A policy counts at the pod: there it is the target's port.
    ports: ports.map(({ port, targetPort, protocol = 'TCP' }) => ({ protocol, port: targetPort ?? port })),
  };
}

/** Cluster DNS: its pods, or the address that a cache on the node has by convention. */
const dns: V1NetworkPolicyEgressRule = {
  to: [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
    { ipBlock: { cidr: '169.254.20.10/32' } },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** k6 asks for names and talks to these peers; nobody talks to it. */
export function networkPolicy(name: string, run: string, peers: readonly Peer[]): V1NetworkPolicy {
  return {
    metadata: { name, labels: { ...loadLabels } },
    spec: {
      podSelector: { matchLabels: podLabels(run) },
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, ...peers.map(ruleOf)],
    },
  };
}
