import { expect, it } from '@jest/globals';
import { type ChartInput, createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { containersOf } from './support/pods-of.ts';
import { renderInfra } from './support/render-infra.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const registry = 'registry.example.com/mirror';
const charts: readonly ChartInput[] = [
  { chart: 'charts/onsale', release: 'onsale' },
  { chart: 'charts/onsale', release: 'onsale', set: { 'workers.layout': 'separate' } },
  { chart: 'charts/onsale-infra-lite', release: 'data' },
];

chartSuite('the images', () => {
  const renderer = createChartRenderer();
  const pods = async (input: ChartInput, set: Record<string, unknown>) =>
    (await renderer.manifests({ ...input, set: { ...input.set, ...set } })).pods;

  it.each(charts)('of $chart come from a mirror, jobs and tests included', async (input) => {
    const images = (await pods(input, { 'global.imageRegistry': registry })).flatMap(containersOf);
    expect(images.length).toBeGreaterThan(5);
    expect(images.filter(({ image }) => !image.startsWith(`${registry}/`)).map(({ image }) => image)).toEqual([]);
  });

  it.each(charts)('of $chart are pulled with the given Secrets, by every pod', async (input) => {
    const all = await pods(input, { 'global.imagePullSecrets': [{ name: 'one' }, { name: 'two' }] });
    const without = all.filter(({ template }) => {
      return template.spec.imagePullSecrets.map(({ name }) => name).join() !== 'one,two';
    });
    expect(without.map(({ of }) => of)).toEqual([]);
  });

  it('of the application are the one of the digest, whatever the tag', async () => {
    const all = await pods({ chart: 'charts/onsale', release: 'onsale' }, { 'image.digest': digest, 'image.tag': 'x' });
    expect([...new Set(all.flatMap(containersOf).map(({ image }) => image))]).toEqual([`onsale/onsale@${digest}`]);
  });

  it('of onsale-infra come from a mirror, and with the given Secrets', async () => {
    const set = { 'global.imageRegistry': registry, 'global.imagePullSecrets': [{ name: 'one' }] };
    const { manifests } = await renderInfra(renderer, process.env.BITNAMI_CHARTS || undefined, set);
    // Those that only stand for Bitnami's have no tag.
    const real = manifests.pods.filter(({ template }) =>
      template.spec.containers.every(({ image }) => /:[^/]+$/.test(image)),
    );
    expect(real.length).toBeGreaterThan(0);
    expect(real.flatMap(containersOf).filter(({ image }) => !image.startsWith(`${registry}/`))).toEqual([]);
    const without = real.filter(({ template }) => !template.spec.imagePullSecrets.some(({ name }) => name === 'one'));
    expect(without.map(({ of }) => of)).toEqual([]);
  });
});
