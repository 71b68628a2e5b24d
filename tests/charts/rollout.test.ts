import { beforeAll, expect, it } from '@jest/globals';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import type { Pod } from './support/pods-of.ts';
import { restrictedProblems } from './support/restricted-problems.ts';

chartSuite('workloads that begin apart', () => {
  const renderer = createChartRenderer();
  let pods: Pod[];
  const podsApart = async (apartSeconds: number) => {
    const set = { 'rollout.apartSeconds': apartSeconds };
    const { pods: all } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale', set });
    return all.filter(({ owner }) => owner.kind === 'Deployment');
  };
  beforeAll(async () => {
    pods = await podsApart(4);
  });
  const commands = (of: readonly Pod[]) =>
    of.map(({ template }) => template.spec.initContainers.map((one) => one.command));

  it('each wait for their turn, in a way that ends when it is told to', () => {
    expect(pods.length).toBeGreaterThan(5);
    expect(commands(pods)).toEqual(
      pods.map((_, place) => (place === 0 ? [] : [['sh', '-c', `trap 'exit 0' TERM; sleep ${place * 4} & wait $!`]])),
    );
  });

  it('are let into a restricted namespace', () => {
    expect(restrictedProblems(pods)).toEqual([]);
  });

  it('begin at once unless asked for', async () => {
    expect(commands(await podsApart(0)).flat()).toEqual([]);
  });
});
