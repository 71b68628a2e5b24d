import { describe, expect, it } from '@jest/globals';
import { networkPolicyOf } from './network-policy.ts';
import { type Connection, type Endpoint, refusalsOf } from './policies-allow.ts';

const policy = (spec: Record<string, unknown>) => ({
  namespace: 'shop',
  spec: networkPolicyOf({ apiVersion: 'v1', kind: 'NetworkPolicy', metadata: { labels: {}, annotations: {} }, spec }),
});
const pod = (app: string, namespace = 'shop'): Endpoint => ({ labels: { app }, namespace });
const call = (from: Endpoint, to: Endpoint, more: Partial<Connection> = {}): Connection => ({
  from,
  to,
  port: 80,
  ...more,
});
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });

const denyAll = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const serverAdmits = policy({ ...app('server'), ingress: [{ from: [app('client')], ports: [{ port: 'http' }] }] });
const clientCalls = policy({
  ...app('client'),
  policyTypes: ['Egress'],
  egress: [{ to: [app('server')], ports: [{ port: 8000, endPort: 9000 }] }],
});
const toServer = call(pod('client'), pod('server'), { port: 8080, portName: 'http' });

describe('what network policies allow', () => {
  it('is everything where none selects the pods', () => {
    expect(refusalsOf([], toServer)).toEqual([]);
  });

  it('needs the sender and the receiver to agree', () => {
    expect(refusalsOf([denyAll], toServer)).toEqual(['egress', 'ingress']);
    expect(refusalsOf([denyAll, serverAdmits], toServer)).toEqual(['egress']);
    expect(refusalsOf([denyAll, clientCalls], toServer)).toEqual(['ingress']);
    expect(refusalsOf([denyAll, clientCalls, serverAdmits], toServer)).toEqual([]);
  });

  it('looks at port, protocol and who it is', () => {
    const all = [denyAll, clientCalls, serverAdmits];
    expect(refusalsOf(all, { ...toServer, port: 9001, portName: 'http' })).toEqual(['egress']);
    expect(refusalsOf(all, { ...toServer, portName: 'management' })).toEqual(['ingress']);
    expect(refusalsOf(all, { ...toServer, protocol: 'UDP' })).toEqual(['egress', 'ingress']);
    expect(refusalsOf(all, call(pod('stranger'), pod('server'), { port: 8080, portName: 'http' }))).toEqual([
      'egress',
      'ingress',
    ]);
  });

  it('keeps to the namespace unless a selector of namespaces says otherwise', () => {
    const elsewhere = call(pod('client', 'other'), pod('server'), { port: 8080, portName: 'http' });
    expect(refusalsOf([serverAdmits], elsewhere)).toEqual(['ingress']);
    const fromAnywhere = policy({
      ...app('server'),
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] }],
    });
    expect(refusalsOf([fromAnywhere], elsewhere)).toEqual([]);
    expect(refusalsOf([fromAnywhere], toServer)).toEqual(['ingress']);
  });

  it('takes a block of addresses for what is outside', () => {
    const toBlock = policy({ ...app('client'), egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] });
    expect(refusalsOf([toBlock], call(pod('client'), 'outside'))).toEqual([]);
    expect(refusalsOf([toBlock], call(pod('client'), pod('server')))).toEqual(['egress']);
    expect(refusalsOf([clientCalls], call(pod('client'), 'outside', { port: 8080 }))).toEqual(['egress']);
  });
});
