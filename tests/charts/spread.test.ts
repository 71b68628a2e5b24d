import { describe, expect, it } from '@jest/globals';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { renderScenario } from './support/profiles.ts';

const hosts = 'kubernetes.io/hostname';
const zones = 'topology.kubernetes.io/zone';

chartSuite('the pods of a workload', () => {
  const renderer = createChartRenderer();

  describe.each([
    { of: 'lite' as const, over: [hosts] },
    { of: 'ha' as const, over: [hosts, zones] },
  ])('of the scenario $of', ({ of, over }) => {
    it(`are spread over ${over.join(' and ')}, where that can be had`, async () => {
      const { pods } = await renderScenario(renderer, of);
      const workloads = pods.filter(({ owner }) => owner.kind === 'Deployment');
      expect(workloads.length).toBeGreaterThan(5);
      for (const { template } of workloads) {
        const constraints = template.spec.topologySpreadConstraints;
        expect(constraints.map(({ topologyKey }) => topologyKey)).toEqual(over);
        expect(new Set(constraints.map(({ whenUnsatisfiable }) => whenUnsatisfiable))).toEqual(
          new Set(['ScheduleAnyway']),
        );
      }
    });
  });
});
