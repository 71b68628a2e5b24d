import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { repository } from '../../scripts/render/helm.ts';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { contentOf } from './support/content-of.ts';
import { joinManifests, type Manifests, parseManifests } from './support/manifests.ts';
import { containersOf } from './support/pods-of.ts';
import { renderScenario } from './support/profiles.ts';
import { quantity } from './support/quantity.ts';
import { type ResourceSums, resourceSums } from './support/resource-sums.ts';

const run = promisify(execFile);
const read = async (path: string) => parseManifests(await readFile(join(repository, path), 'utf8'));
const quota = z.looseObject({ spec: z.object({ hard: z.record(z.string(), z.union([z.string(), z.number()])) }) });
const limits = z.looseObject({
  spec: z.object({ limits: z.array(z.looseObject({ max: z.looseObject({ memory: z.string() }) })).length(1) }),
});
const ingress = z.looseObject({ spec: z.looseObject({ ingressClassName: z.string(), rules: z.array(z.unknown()) }) });

chartSuite('k8s', () => {
  const renderer = createChartRenderer();
  let lite: Manifests;
  beforeAll(async () => {
    const data = await renderer.manifests({ chart: 'charts/onsale-infra-lite', release: 'data' });
    lite = joinManifests(data, await renderScenario(renderer, 'lite'));
  });

  describe('the namespace', () => {
    it('enforces the restricted Pod Security Standard', async () => {
      const { metadata } = (await read('k8s/namespaces/onsale.yaml')).get('Namespace', 'onsale');
      expect(metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    });

    it('holds the lite profile, with all of it being updated at once and room for a load', async () => {
      const { hard } = quota.parse((await read('k8s/namespaces/onsale.yaml')).get('ResourceQuota', 'onsale')).spec;
      const sums = resourceSums(lite.pods, lite.objects);
      const load: ResourceSums = {
        pods: 4,
        'requests.cpu': 0.5,
        'requests.memory': quantity('512Mi'),
        'limits.memory': quantity('2Gi'),
        persistentvolumeclaims: 0,
        'requests.storage': 0,
      };
      const tooMuch = z
        .array(
          z.enum([
            'pods',
            'requests.cpu',
            'requests.memory',
            'limits.memory',
            'persistentvolumeclaims',
            'requests.storage',
          ]),
        )
        .parse(Object.keys(sums))
        .filter((name) => sums[name] + load[name] > quantity(hard[name]))
        .map((name) => `${name}: ${sums[name] + load[name]} of ${hard[name]}`);
      expect(tooMuch).toEqual([]);
    });

    it('allows every container the memory it asks for', async () => {
      const [range] = limits.parse((await read('k8s/namespaces/onsale.yaml')).get('LimitRange', 'onsale')).spec.limits;
      const most = lite.pods.flatMap(containersOf).map(({ resources }) => quantity(resources?.limits?.memory ?? 0));
      expect(Math.max(...most)).toBeLessThanOrEqual(quantity(range?.max.memory));
    });
  });

  describe('the plain manifests', () => {
    let printed: Manifests;
    beforeAll(async () => {
      const { stdout } = await run('sh', ['k8s/plain/secrets.sh', '--print', 'onsale'], {
        cwd: repository,
        timeout: 30_000,
      });
      printed = parseManifests(stdout);
    });
    const plain = async () =>
      joinManifests(await read('k8s/plain/data-services.yaml'), await read('k8s/plain/application.yaml'));

    it('are what the charts make, without Secrets and tests', async () => {
      const names = (manifests: Manifests) =>
        manifests.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
      const wanted = lite.objects.filter(
        ({ kind, metadata }) => kind !== 'Secret' && !metadata.annotations['helm.sh/hook'],
      );
      expect(names(await plain())).toEqual(wanted.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort());
    });

    it('know no Helm and no namespace of their own', async () => {
      for (const file of ['data-services', 'application']) {
        const text = await readFile(join(repository, `k8s/plain/${file}.yaml`), 'utf8');
        expect(text).not.toMatch(/helm\.sh\/|managed-by: Helm|^\s+namespace: onsale$/m);
      }
    });

    it('find every Secret they name, with the keys that the charts make', () => {
      const keys = (manifests: Manifests) =>
        manifests.of('Secret').map(({ metadata: { name = '' }, type }) => {
          return [name, type, ...Object.keys(contentOf(manifests, 'Secret', name) ?? {}).sort()];
        });
      const sorted = (rows: unknown[][]) => rows.map((row) => row.join(' ')).sort();
      expect(sorted(keys(printed))).toEqual(sorted(keys(lite)));
    });

    it('have servers whose certificate has the names that the chart gives it', () => {
      const namesIn = (manifests: Manifests) => {
        const { 'ca.crt': authority = '', 'tls.crt': certificate = '' } =
          contentOf(manifests, 'Secret', 'onsale-mysql-tls') ?? {};
        const parsed = new X509Certificate(certificate);
        expect(parsed.verify(new X509Certificate(authority).publicKey)).toBe(true);
        return parsed.subjectAltName?.split(', ').sort();
      };
      expect(namesIn(printed)).toEqual(namesIn(lite));
    });
  });

  describe('the edge on AWS', () => {
    it('is the same Ingress by the chart and by manifest', async () => {
      const values = ['k8s/edge/aws/values.yaml'];
      const charted = (await renderer.manifests({ chart: 'charts/onsale', release: 'onsale', values })).get(
        'Ingress',
        'onsale-gateway',
      );
      const written = (await read('k8s/edge/aws/ingress.yaml')).get('Ingress', 'onsale-gateway');
      expect(written.metadata.annotations).toEqual(charted.metadata.annotations);
      expect(ingress.parse(written).spec).toEqual(ingress.parse(charted).spec);
    });
  });
});

chartSuite('kustomize', () => {
  it.each(['k8s/namespaces', 'k8s/plain', 'k8s/edge/aws'])('builds %s', async (folder) => {
    const { stdout } = await run('kubectl', ['kustomize', folder], {
      cwd: repository,
      timeout: 60_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    const { objects } = parseManifests(stdout);
    expect(objects.length).toBeGreaterThan(0);
    const homeless = objects.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'onsale');
    expect(homeless).toEqual([]);
  });
}, ['kubectl']);
