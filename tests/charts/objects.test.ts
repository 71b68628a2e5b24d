import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { chartSuite } from './support/chart-suite.ts';
import { nameOf } from './support/kubernetes-object.ts';
import { selects } from './support/label-selector.ts';
import type { Manifests } from './support/manifests.ts';
import { networkPolicyOf } from './support/network-policy.ts';
import { createProfiles, profileNames } from './support/profiles.ts';
import { scalingTarget, selectorOf, workloadSpec } from './support/scaling-target.ts';
import { podsBehind } from './support/service-target.ts';
import { ofApplication } from './support/workload-pods.ts';

const service = z.looseObject({ spec: z.looseObject({ selector: z.record(z.string(), z.string()).optional() }) });
const names = z.object({ metadata: z.looseObject({ name: z.string().max(63) }) });
const wanted = ['name', 'instance', 'component', 'part-of', 'managed-by'].map((it) => `app.kubernetes.io/${it}`);

chartSuite('the objects', () => {
  const profiles = createProfiles(process.env.BITNAMI_CHARTS || undefined);

  describe.each(profileNames)('of the profile %s', (name) => {
    let manifests: Manifests;
    beforeAll(async () => {
      ({ manifests } = await profiles.render(name));
    });
    const workloads = () => [...manifests.of('Deployment'), ...manifests.of('StatefulSet')];

    it('select the pods they make, and no other workload’s', () => {
      const problems = workloads().flatMap((object) => {
        if (!('selector' in z.record(z.string(), z.unknown()).parse(object.spec))) return [];
        const { selector, template } = workloadSpec(object);
        const own = selects(selector, template.metadata.labels)
          ? []
          : [`${nameOf(object)} does not select its own pods`];
        const others = manifests.pods
          .filter(({ owner, labels }) => owner !== object && selects(selector, labels))
          .map(({ of }) => `${nameOf(object)} selects pods of ${of}`);
        return [...own, ...others];
      });
      expect(problems).toEqual([]);
    });

    it('lead from every Service to pods', () => {
      const empty = manifests.of('Service').filter((object) => {
        return podsBehind(manifests, service.parse(object).spec.selector).length === 0;
      });
      expect(empty.map(nameOf)).toEqual([]);
    });

    it('have no NetworkPolicy, disruption budget or scaler of nothing', () => {
      const idle = [
        ...manifests.of('NetworkPolicy').filter((policy) => {
          return !manifests.pods.some(({ labels }) => selects(networkPolicyOf(policy).podSelector, labels));
        }),
        ...manifests.of('PodDisruptionBudget').filter((budget) => {
          return !workloads().some((object) => {
            const labels = manifests.pods.find(({ owner }) => owner === object)?.labels ?? {};
            // Which of the MySQL servers is primary, they say themselves when they run.
            const asPrimary = { ...labels, 'onsale.dev/mysql-role': 'primary' };
            return selects(selectorOf(budget), asPrimary) || selects(selectorOf(budget), labels);
          });
        }),
        ...manifests.of('HorizontalPodAutoscaler').filter((scaler) => {
          const { kind, name: target } = scalingTarget(scaler);
          return !manifests.find(kind, target);
        }),
      ];
      expect(idle.map(nameOf)).toEqual([]);
    });

    it('leave the number of pods to what scales them', () => {
      const both = manifests.of('HorizontalPodAutoscaler').filter((scaler) => {
        const { kind, name: target } = scalingTarget(scaler);
        return workloadSpec(manifests.get(kind, target)).replicas !== undefined;
      });
      expect(both.map(nameOf)).toEqual([]);
    });

    it('protect every workload of more than one pod from a drain', () => {
      const budgets = manifests.of('PodDisruptionBudget').map(selectorOf);
      const bare = ofApplication(manifests.pods).filter(({ owner, labels }) => {
        if (owner.kind !== 'Deployment') return false;
        const scaled = manifests
          .of('HorizontalPodAutoscaler')
          .some((it) => scalingTarget(it).name === owner.metadata.name);
        return (
          (scaled || (workloadSpec(owner).replicas ?? 1) > 1) && !budgets.some((budget) => selects(budget, labels))
        );
      });
      expect(bare.map(({ of }) => of)).toEqual([]);
    });

    it('are denied everything but what a policy allows, each pod both ways', () => {
      const policies = manifests.of('NetworkPolicy').map(networkPolicyOf);
      const open = ofApplication(manifests.pods).flatMap(({ of, labels }) =>
        (['Ingress', 'Egress'] as const)
          .filter((type) => !policies.some((it) => it.policyTypes?.includes(type) && selects(it.podSelector, labels)))
          .map((type) => `${of}: ${type}`),
      );
      expect(open).toEqual([]);
    });

    it('have short names, and the labels by which they are found', () => {
      const problems = manifests.objects.flatMap((object) => {
        const labels = object.metadata.labels;
        if (labels['app.kubernetes.io/part-of'] !== 'onsale') return [];
        const missing = wanted.filter((label) => !labels[label]);
        return [
          ...(names.safeParse(object).success ? [] : [`${nameOf(object)}: too long a name`]),
          ...missing.map((label) => `${nameOf(object)}: no ${label}`),
        ];
      });
      expect(problems).toEqual([]);
    });
  });
});
