import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { z } from 'zod';
import { repository } from '../../scripts/render/helm.ts';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { contentOf } from './support/content-of.ts';
import { dashboardOf, metricsIn } from './support/dashboard.ts';
import type { Manifests } from './support/manifests.ts';
import { networkPolicyOf } from './support/network-policy.ts';
import { refusalsOf } from './support/policies-allow.ts';
import { documentedInfra, renderInfra } from './support/render-infra.ts';
import { podsBehind, targetsOf } from './support/service-target.ts';

const charts = process.env.BITNAMI_CHARTS || undefined;
const spec = z.looseObject({ spec: z.looseObject({ selector: z.record(z.string(), z.string()) }) });

async function sources(folder: string): Promise<string> {
  const files = (await readdir(join(repository, folder), { recursive: true })).filter((file) =>
    /\/src\/.*(?<!test)\.ts$/.test(file),
  );
  return (await Promise.all(files.map((file) => readFile(join(repository, folder, file), 'utf8')))).join('\n');
}

chartSuite('onsale-infra', () => {
  const renderer = createChartRenderer();
  let manifests: Manifests;
  let real: boolean;
  beforeAll(async () => {
    ({ manifests, real } = await renderInfra(renderer, charts));
    if (!real)
      process.stderr.write(
        'onsale-infra: BITNAMI_CHARTS names no folder, so it is its documented names that are checked\n',
      );
  });

  it.each([
    ['onsale-mysql-primary', 3306, 'mysql'],
    ['onsale-mysql-secondary', 3306, 'mysql'],
    ['onsale-redis-master', 6379, 'redis'],
    ['onsale-kafka', 9092, 'kafka'],
    ['onsale-influxdb', 8086, 'influxdb'],
  ])('has %s:%d, for the pods that say they use it and for no other', (host, port, label) => {
    const policies = manifests
      .of('NetworkPolicy')
      .map((object) => ({ namespace: 'onsale', spec: networkPolicyOf(object) }));
    for (const { pod, ...at } of targetsOf(manifests, host, port, 'onsale')) {
      const to = { labels: pod.labels, namespace: 'onsale' };
      const from = (labels: Record<string, string>) => ({ from: { labels, namespace: 'onsale' }, to, ...at });
      expect(refusalsOf(policies, from({ [`uses.onsale.dev/${label}`]: 'true' }))).toEqual([]);
      expect(refusalsOf(policies, from({ app: 'a stranger' }))).toEqual(['ingress']);
    }
  });

  it('has what is documented of the charts below it', async () => {
    const documented = await documentedInfra();
    for (const { metadata } of documented.of('Service')) {
      const { selector } = spec.parse(documented.get('Service', metadata.name ?? '')).spec;
      expect(spec.parse(manifests.get('Service', metadata.name ?? '')).spec.selector).toMatchObject(selector);
      expect(podsBehind(manifests, selector).length).toBeGreaterThan(0);
    }
    for (const { metadata } of documented.of('Secret')) {
      const keys = Object.keys(contentOf(documented, 'Secret', metadata.name ?? '') ?? {});
      expect(Object.keys(contentOf(manifests, 'Secret', metadata.name ?? '') ?? {})).toEqual(
        expect.arrayContaining(keys),
      );
    }
  });

  it('has a certificate for the names that services know MySQL by', () => {
    const { 'tls.crt': certificate = '' } = contentOf(manifests, 'Secret', 'onsale-mysql-tls') ?? {};
    expect(certificate).toContain('BEGIN CERTIFICATE');
  });

  it('refuses a typo, and images that are gone', async () => {
    await expect(renderInfra(renderer, charts, { influxd: {} })).rejects.toThrow('influxd');
    await expect(renderInfra(renderer, charts, { 'influxdb.persistance': {} })).rejects.toThrow('persistance');
    await expect(renderInfra(renderer, charts, { 'mysql.image.repository': 'bitnami/mysql' })).rejects.toThrow(
      'repository',
    );
  });

  describe('the dashboards', () => {
    const dashboards = () => Object.entries(contentOf(manifests, 'ConfigMap', 'onsale-dashboards') ?? {});
    const targets = () =>
      dashboards().flatMap(([, json]) => dashboardOf(json).panels.flatMap((panel) => panel.targets));

    it('are given to Grafana, and ask the data sources that it has', () => {
      expect(dashboards().map(([name]) => name)).toEqual(['load.json', 'platform.json']);
      expect([...new Set(targets().map(({ datasource }) => datasource.uid))].sort()).toEqual([
        'influxdb',
        'prometheus',
      ]);
    });

    it('ask for metrics that the services export', async () => {
      const source = `${await sources('packages')}\n${await sources('services')}`;
      const registry = new Registry();
      collectDefaultMetrics({ register: registry });
      const known = new Set([
        ...[...source.matchAll(/\bname: '([a-z_]+)'/g)].map(([, name]) => name ?? ''),
        ...registry.getMetricsAsArray().map(({ name }) => name),
      ]);
      const asked = targets().flatMap(({ expr }) => (expr ? metricsIn(expr) : []));
      expect(asked.length).toBeGreaterThan(15);
      const exists = (name: string) => known.has(name) || known.has(name.replace(/_(bucket|count|sum)$/, ''));
      expect(asked.filter((name) => !exists(name))).toEqual([]);
    });

    it('ask for measurements that k6 writes', () => {
      const asked = targets().flatMap(({ query }) => /FROM "([a-z_]+)"/.exec(query ?? '')?.[1] ?? []);
      expect(new Set(asked)).toEqual(new Set(['http_req_duration', 'http_reqs', 'vus']));
    });
  });

  it('leaves nothing to a default that would be gone: every image of the charts below is named', async () => {
    const every = {
      'mysql.metrics.enabled': true,
      'mysql.volumePermissions.enabled': true,
      'redis.metrics.enabled': true,
      'redis.volumePermissions.enabled': true,
      'redis.sysctl.enabled': true,
      'redis.architecture': 'replication',
      'redis.sentinel.enabled': true,
      'kafka.metrics.jmx.enabled': true,
      'kafka.defaultInitContainers.volumePermissions.enabled': true,
    };
    const { manifests: all } = await renderInfra(renderer, charts, every);
    expect(JSON.stringify(all.objects)).not.toMatch(/"image":"(docker\.io\/)?bitnami\//);
  });
});
