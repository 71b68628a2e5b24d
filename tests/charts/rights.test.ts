import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { nameOf } from './support/kubernetes-object.ts';
import type { Manifests } from './support/manifests.ts';
import { ofApplication } from './support/workload-pods.ts';

const rule = z.strictObject({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
const role = z.looseObject({ rules: z.array(rule) });
const binding = z.looseObject({
  roleRef: z.looseObject({ kind: z.literal('Role'), name: z.string() }),
  subjects: z.array(z.looseObject({ kind: z.literal('ServiceAccount'), name: z.string() })),
});

chartSuite('rights in the cluster', () => {
  const renderer = createChartRenderer();

  describe.each(['folded', 'separate'])('with workers %s', (layout) => {
    let manifests: Manifests;
    beforeAll(async () => {
      manifests = await renderer.manifests({
        chart: 'charts/onsale',
        release: 'onsale',
        set: { 'workers.layout': layout, 'failover.watch.enabled': true },
      });
    });
    const rules = () => manifests.of('Role').flatMap((object) => role.parse(object).rules);
    const named = (resource: string) =>
      rules().flatMap(({ resources, resourceNames = [] }) => (resources.includes(resource) ? resourceNames : []));

    it('are of the namespace alone', () => {
      expect([...manifests.of('ClusterRole'), ...manifests.of('ClusterRoleBinding')]).toEqual([]);
    });

    it('are to hold leases by their names, to make one, and to name the primary', () => {
      const leases = { apiGroups: ['coordination.k8s.io'], resources: ['leases'] };
      const allowed = [
        { ...leases, verbs: ['get', 'update'] },
        { ...leases, verbs: ['create'] },
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch'] },
      ];
      expect(rules().length).toBeGreaterThan(0);
      for (const { resourceNames, ...rule } of rules()) {
        expect(allowed).toContainEqual(rule);
        expect(resourceNames === undefined).toBe(rule.verbs[0] === 'create');
      }
    });

    it('to name the primary have the pods that move it, and no other', () => {
      const able = manifests
        .of('Role')
        .filter((object) => role.parse(object).rules.some(({ resources }) => resources.includes('configmaps')));
      expect(able.map(({ metadata }) => metadata.name).sort()).toEqual(['onsale-failover', 'onsale-failover-watch']);
      expect([...new Set(named('configmaps'))]).toEqual(['onsale-mysql-topology']);
    });

    it('are given to accounts of pods that have a token, and to no other', () => {
      const bound = manifests.of('RoleBinding').flatMap((object) => {
        const { roleRef, subjects } = binding.parse(object);
        manifests.get('Role', roleRef.name);
        return subjects.map(({ name }) => name);
      });
      const asking = ofApplication(manifests.pods)
        .filter(({ template }) => template.spec.automountServiceAccountToken !== false)
        .map(({ template }) => template.spec.serviceAccountName);
      expect(bound.sort()).toEqual(asking.sort());
      expect(bound).not.toContain('default');
    });

    it('name the leases that the pods of the account ask for', () => {
      expect([...new Set(named('leases'))].sort()).toEqual([
        'onsale-failover-mysql',
        'onsale-ranking-commerce',
        'onsale-relay-commerce',
        'onsale-snapshot-commerce',
      ]);
    });
  });

  it('are nobody’s where the database decides who leads, but the one’s that moves the primary', async () => {
    const set = { 'election.by': 'database' };
    const { pods, of } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale', set });
    expect([...of('Role'), ...of('RoleBinding'), ...of('Lease')].map(nameOf)).toEqual([
      'Role/onsale-failover',
      'RoleBinding/onsale-failover',
    ]);
    const withToken = pods.filter(({ template }) => template.spec.automountServiceAccountToken !== false);
    expect(withToken.map(({ of: name }) => name)).toEqual(['CronJob/onsale-failover']);
  });
});
