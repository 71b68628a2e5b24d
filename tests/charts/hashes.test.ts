import { expect, it } from '@jest/globals';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';

const jobs = ['migrate', 'seed', 'topics'];

chartSuite('the names of the jobs', () => {
  const renderer = createChartRenderer();
  const namesWith = async (set: Record<string, unknown> = {}) => {
    const { of } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale', set });
    return new Map(of('Job').map(({ metadata: { name = '' } }) => [name.split('-')[1] ?? '', name]));
  };
  const changed = async (set: Record<string, unknown>) => {
    const [before, after] = [await namesWith(), await namesWith(set)];
    return jobs.filter((job) => before.get(job) !== after.get(job));
  };

  it('are of what they do, and no hooks', async () => {
    const { of } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale' });
    expect([...(await namesWith()).keys()].sort()).toEqual(jobs);
    expect(of('Job').filter(({ metadata }) => metadata.annotations['helm.sh/hook'])).toEqual([]);
    for (const { metadata } of of('Job')) expect(metadata.name).toMatch(/^onsale-(migrate|seed|topics)-[0-9a-f]{8}$/);
  });

  it('stay when nothing of theirs changes, though passwords are made anew', async () => {
    const other = createChartRenderer();
    const { of } = await other.manifests({ chart: 'charts/onsale', release: 'onsale' });
    expect(
      of('Job')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual([...(await namesWith()).values()].sort());
    expect(await changed({ 'defaults.replicas': 2 })).toEqual([]);
    expect(await changed({ 'ingress.enabled': true, 'ingress.hosts': ['a.example.com'] })).toEqual([]);
  });

  it('are other ones with another image: an upgrade migrates, and a rollback too', async () => {
    expect(await changed({ 'image.tag': '0.2.0' })).toEqual(jobs);
  });

  it('are other ones where what they do changes', async () => {
    expect(await changed({ 'seed.demo': false })).toEqual(['seed']);
    expect(await changed({ 'kafka.topics.partitions': 12 })).toContain('topics');
    expect(await changed({ secretsVersion: '2' })).toEqual(jobs);
  });
});
