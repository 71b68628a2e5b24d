import { type Labels, selects } from './label-selector.ts';
import type { NetworkPolicySpec, PolicyPeer, PolicyPort, PolicyRule } from './network-policy.ts';

/** A pod of some namespace, or something outside the cluster whose address is not known. */
export type Endpoint = { readonly labels: Labels; readonly namespace: string } | 'outside';

export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The port where `to` listens, and its name if it has one. */
  readonly port: number;
  readonly portName?: string;
  readonly protocol?: 'TCP' | 'UDP';
}

/** Policies, each with the namespace it is in. */
export interface PlacedPolicy {
  readonly namespace: string;
  readonly spec: NetworkPolicySpec;
}

export type Refusal = 'egress' | 'ingress';

/** Who refuses the connection: the policies of its sender, those of its receiver, both or (empty) none. */
export function refusalsOf(policies: readonly PlacedPolicy[], connection: Connection): Refusal[] {
  const { from, to } = connection;
  const refused: Refusal[] = [];
  if (!allows(policies, 'Egress', from, to, connection)) refused.push('egress');
  if (!allows(policies, 'Ingress', to, from, connection)) refused.push('ingress');
  return refused;
}

function allows(
  policies: readonly PlacedPolicy[],
  type: 'Egress' | 'Ingress',
  self: Endpoint,
  other: Endpoint,
  connection: Connection,
): boolean {
  if (self === 'outside') return true;
  const concerned = policies.filter(
    ({ namespace, spec }) =>
      namespace === self.namespace && typesOf(spec).includes(type) && selects(spec.podSelector, self.labels),
  );
  if (concerned.length === 0) return true;
  return concerned.some(({ namespace, spec }) => {
    const rules = (type === 'Egress' ? spec.egress : spec.ingress) ?? [];
    return rules.some((rule) => admits(rule, type, other, namespace, connection));
  });
}

/** As the API server fills it in: ingress always, egress where there are rules for it. */
function typesOf({ policyTypes, egress }: NetworkPolicySpec): readonly string[] {
  return policyTypes ?? (egress ? ['Ingress', 'Egress'] : ['Ingress']);
}

function admits(
  { ports, from, to }: PolicyRule,
  type: 'Egress' | 'Ingress',
  other: Endpoint,
  namespace: string,
  connection: Connection,
): boolean {
  const peers = (type === 'Egress' ? to : from) ?? [];
  return (
    (peers.length === 0 || peers.some((peer) => isPeer(peer, other, namespace))) &&
    (!ports?.length || ports.some((port) => isPort(port, connection)))
  );
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: PolicyPeer, other: Endpoint, namespace: string): boolean {
  // Which address a name outside has is not known here; a block of all addresses holds pods, too.
  if (ipBlock) return other === 'outside' || (ipBlock.cidr === '0.0.0.0/0' && !ipBlock.except?.length);
  if (other === 'outside') return false;
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === namespace;
  return inNamespace && selects(podSelector ?? {}, other.labels);
}

function isPort({ port, endPort, protocol }: PolicyPort, connection: Connection): boolean {
  if (protocol !== (connection.protocol ?? 'TCP')) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return port === connection.portName;
  return connection.port >= port && connection.port <= (endPort ?? port);
}
