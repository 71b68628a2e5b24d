import { type Address, addressesOf } from './addresses-of.ts';
import type { AppProcess } from './app-process.ts';
import type { Manifests } from './manifests.ts';
import { networkPolicyOf } from './network-policy.ts';
import type { Pod } from './pods-of.ts';
import { type Connection, type Endpoint, type PlacedPolicy, refusalsOf } from './policies-allow.ts';
import { targetsOf } from './service-target.ts';

const workersAlone = /^(KAFKA_BROKERS|DATA_PLATFORM_URL)$/;
const httpAlone = /^JWKS_URL$/;
const migrationsToo = /^DB_HOST$/;

/** The addresses that a process really calls: which of those it is given depends on its parts. */
export function calledAddresses(process: AppProcess): Address[] {
  const [, flag, list = ''] = process.container.args ?? [];
  const parts = flag === '--parts' ? list.split(',') : undefined;
  const serves = parts?.includes('http') ?? true;
  const works = parts?.some((part) => part !== 'http' && part !== 'migrate') ?? true;
  return addressesOf(process.values).filter(({ variable }) => {
    if (!serves && !works) return migrationsToo.test(variable);
    return (works || !workersAlone.test(variable)) && (serves || !httpAlone.test(variable));
  });
}

export const endpointOf = (pod: Pod, namespace: string): Endpoint => ({ labels: pod.labels, namespace });

/** All policies of the manifests. */
export function policiesOf(manifests: Manifests, namespace: string): PlacedPolicy[] {
  return manifests.of('NetworkPolicy').map((object) => ({ namespace, spec: networkPolicyOf(object) }));
}

/** Connections that a process needs and policies refuse: addresses, names, and the API server where it is asked. */
export function policyProblems(
  process: AppProcess,
  manifests: Manifests,
  { namespace, outside }: { namespace: string; outside: ReadonlySet<string> },
): string[] {
  const policies = policiesOf(manifests, namespace);
  const from = endpointOf(process.pod, namespace);
  const wanted: { what: string; connection: Connection }[] = [];
  for (const { variable, host, port } of calledAddresses(process)) {
    const what = `${variable} (${host}:${port})`;
    if (outside.has(`${host}:${port}`)) wanted.push({ what, connection: { from, to: 'outside', port } });
    else {
      for (const { pod, ...at } of targetsOf(manifests, host, port, namespace)) {
        wanted.push({ what: `${what} at ${pod.of}`, connection: { from, to: endpointOf(pod, namespace), ...at } });
      }
    }
  }
  const names = { labels: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' };
  if (wanted.length > 0) {
    wanted.push({ what: 'names', connection: { from, to: names, port: 53, portName: 'dns', protocol: 'UDP' } });
  }
  if (process.values.ELECTION === 'lease' || process.values.FAILOVER_CONFIG_MAP) {
    wanted.push({ what: 'the API server', connection: { from, to: 'outside', port: 6443 } });
  }
  return wanted.flatMap(({ what, connection }) =>
    refusalsOf(policies, connection).map((side) => `${process.name}: ${what} is refused by ${side} policies`),
  );
}
