import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
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
        set: { 'workers.layout': layout },
      });
    });

    it('are of the namespace alone', () => {
      expect([...manifests.of('ClusterRole'), ...manifests.of('ClusterRoleBinding')]).toEqual([]);
    });

    it('are to hold leases by their names, and to make one', () => {
      const rules = manifests.of('Role').flatMap((object) => role.parse(object).rules);
      expect(rules.length).toBeGreaterThan(0);
      for (const { apiGroups, resources, resourceNames, verbs } of rules) {
        expect({ apiGroups, resources }).toEqual({ apiGroups: ['coordination.k8s.io'], resources: ['leases'] });
        if (resourceNames) expect(verbs).toEqual(['get', 'update']);
        else expect(verbs).toEqual(['create']);
      }
    });

    it('are given to accounts of pods that elect, and to no other', () => {
      const bound = manifests.of('RoleBinding').flatMap((object) => {
        const { roleRef, subjects } = binding.parse(object);
        manifests.get('Role', roleRef.name);
        return subjects.map(({ name }) => name);
      });
      const electing = ofApplication(manifests.pods)
        .filter(({ template }) => template.spec.automountServiceAccountToken !== false)
        .map(({ template }) => template.spec.serviceAccountName);
      expect(bound.sort()).toEqual(electing.sort());
      expect(bound).not.toContain('default');
    });

    it('name the leases that the pods of the account ask for', () => {
      const named = manifests
        .of('Role')
        .flatMap((object) => role.parse(object).rules.flatMap((it) => it.resourceNames ?? []));
      expect([...new Set(named)].sort()).toEqual([
        'onsale-ranking-commerce',
        'onsale-relay-commerce',
        'onsale-snapshot-commerce',
      ]);
    });
  });

  it('need no leases where the database decides', async () => {
    const set = { 'election.by': 'database' };
    const { pods, of } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale', set });
    expect([...of('Role'), ...of('RoleBinding'), ...of('Lease')]).toEqual([]);
    expect(pods.filter(({ template }) => template.spec.automountServiceAccountToken !== false)).toEqual([]);
  });
});
