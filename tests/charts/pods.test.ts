import { beforeAll, describe, expect, it } from '@jest/globals';
import { chartSuite } from './support/chart-suite.ts';
import { containersOf, type Pod } from './support/pods-of.ts';
import { createProfiles, profileNames } from './support/profiles.ts';
import { restrictedProblems } from './support/restricted-problems.ts';
import { longRunning, ofApplication } from './support/workload-pods.ts';

const bitnami = /^(docker\.io\/)?bitnami\//;

chartSuite('the pods', () => {
  const profiles = createProfiles(process.env.BITNAMI_CHARTS || undefined);

  describe.each(profileNames)('of the profile %s', (name) => {
    let pods: readonly Pod[];
    let ours: readonly Pod[];
    beforeAll(async () => {
      ({ pods } = (await profiles.render(name)).manifests);
      // What stands for Bitnami's charts has names, not pods that could be judged.
      ours = pods.filter(({ template }) => template.spec.containers.every(({ securityContext }) => securityContext));
    });
    const containers = (of: readonly Pod[]) =>
      of.flatMap((pod) => containersOf(pod).map((container) => ({ name: `${pod.of}, ${container.name}`, container })));

    it('are let into a restricted namespace', () => {
      expect(ours.length).toBeGreaterThan(7);
      expect(restrictedProblems(ours)).toEqual([]);
    });

    it('write nowhere but to volumes, where they are the application’s', () => {
      const writable = containers(ofApplication(pods)).filter(
        ({ container }) => container.securityContext?.readOnlyRootFilesystem !== true,
      );
      expect(writable.map(({ name }) => name)).toEqual([]);
      const without = containers(ofApplication(pods)).filter(
        ({ container }) => !container.volumeMounts.some(({ mountPath }) => mountPath === '/tmp'),
      );
      expect(without.map(({ name }) => name)).toEqual([]);
    });

    it('say what they need, and the most memory they may take', () => {
      const silent = containers(ours).filter(({ container: { resources } }) => {
        return !resources?.requests?.cpu || !resources.requests.memory || !resources.limits?.memory;
      });
      expect(silent.map(({ name }) => name)).toEqual([]);
    });

    it('are asked whether they started, live and are ready, each within a time', () => {
      const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
      const missing = longRunning(ofApplication(pods)).flatMap(({ of, template }) =>
        template.spec.containers.flatMap((container) =>
          probes.filter((probe) => !container[probe]?.timeoutSeconds).map((probe) => `${of}: ${probe}`),
        ),
      );
      expect(missing).toEqual([]);
    });

    it('probe the management port, which the gateway never routes', () => {
      const elsewhere = longRunning(ofApplication(pods)).flatMap(({ of, template }) =>
        template.spec.containers
          .flatMap(({ startupProbe, livenessProbe, readinessProbe }) => [startupProbe, livenessProbe, readinessProbe])
          .filter((probe) => probe?.httpGet?.port !== 'management')
          .map(() => of),
      );
      expect(elsewhere).toEqual([]);
    });

    it('end in their own time: preStop and drain fit into the grace period', () => {
      const late = longRunning(ofApplication(pods)).flatMap(({ of, template: { spec } }) =>
        spec.containers.flatMap(({ env, lifecycle }) => {
          const of1 = (variable: string) => Number(env.find(({ name }) => name === variable)?.value) / 1_000;
          const stopping = (lifecycle?.preStop?.sleep?.seconds ?? 0) + of1('DRAIN_DELAY_MS') + of1('DRAIN_BUDGET_MS');
          const grace = spec.terminationGracePeriodSeconds ?? 30;
          return stopping > 0 && stopping < grace ? [] : [`${of}: ${stopping} s in ${grace} s`];
        }),
      );
      expect(late).toEqual([]);
    });

    it('have a token of the cluster only where they elect a leader by it or may move the primary', () => {
      const withToken = ofApplication(pods).filter(
        ({ template }) => template.spec.automountServiceAccountToken !== false,
      );
      const asking = ofApplication(pods).filter(({ template }) =>
        [...template.spec.initContainers, ...template.spec.containers].some(({ env }) =>
          env.some((it) => (it.name === 'ELECTION' && it.value === 'lease') || it.name === 'FAILOVER_CONFIG_MAP'),
        ),
      );
      expect(withToken.map(({ of }) => of)).toEqual(asking.map(({ of }) => of));
      expect(asking.length).toBeGreaterThan(0);
    });

    it('name no image of docker.io/bitnami, where none is left', () => {
      const images = containers(pods).map(({ container }) => container.image);
      expect(images.filter((image) => bitnami.test(image))).toEqual([]);
    });
  });
});
