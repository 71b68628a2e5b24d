import { z } from 'zod';
import type { KubernetesObject } from './kubernetes-object.ts';
import { labelSelector } from './label-selector.ts';

const peer = z.strictObject({
  podSelector: labelSelector.optional(),
  namespaceSelector: labelSelector.optional(),
  ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).optional() }).optional(),
});

const port = z.strictObject({
  port: z.union([z.string(), z.number()]).optional(),
  endPort: z.number().optional(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
});

const rule = z.looseObject({
  ports: z.array(port).nullish(),
  from: z.array(peer).nullish(),
  to: z.array(peer).nullish(),
});

const networkPolicy = z.looseObject({
  spec: z.strictObject({
    podSelector: labelSelector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])).optional(),
    ingress: z.array(rule).nullish(),
    egress: z.array(rule).nullish(),
  }),
});

export type PolicyPeer = z.output<typeof peer>;
export type PolicyPort = z.output<typeof port>;
export type PolicyRule = z.output<typeof rule>;
export type NetworkPolicySpec = z.output<typeof networkPolicy>['spec'];

/** @throws when it has a field that the tests do not know */
export function networkPolicyOf(object: KubernetesObject): NetworkPolicySpec {
  return networkPolicy.parse(object).spec;
}
