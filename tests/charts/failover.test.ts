import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { leaseName } from '../../packages/platform/src/election/lease-name.ts';
import { repository } from '../../scripts/render/helm.ts';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { joinManifests, type Manifests } from './support/manifests.ts';
import { withMysqlRoles } from './support/mysql-roles.ts';
import { containersOf, type Pod } from './support/pods-of.ts';
import { refusalsOf } from './support/policies-allow.ts';
import { endpointOf, policiesOf } from './support/policy-problems.ts';
import { targetsOf } from './support/service-target.ts';

const namespace = 'onsale';
const cronJob = z.looseObject({
  spec: z.looseObject({
    suspend: z.literal(true),
    jobTemplate: z.looseObject({ spec: z.looseObject({ backoffLimit: z.literal(0) }) }),
  }),
});
const job = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ args: z.array(z.string()) })) }),
    }),
  }),
});

chartSuite('moving the primary', () => {
  const renderer = createChartRenderer();
  let manifests: Manifests;
  beforeAll(async () => {
    const data = { chart: 'charts/onsale-infra-lite', release: 'data', set: { 'mysql.replicas': 3 } };
    const shop = { chart: 'charts/onsale', release: 'onsale', set: { 'failover.watch.enabled': true } };
    manifests = joinManifests(
      withMysqlRoles(await renderer.manifests({ ...data, namespace })),
      await renderer.manifests({ ...shop, namespace }),
    );
  });
  const podOf = (component: string): Pod => {
    const pod = manifests.pods.find(({ labels }) => labels['app.kubernetes.io/component'] === component);
    if (!pod) throw new Error(`no pod of ${component}`);
    return pod;
  };
  const variableOf = (pod: Pod, variable: string): string => {
    const values = containersOf(pod).flatMap(({ env }) => env.filter(({ name }) => name === variable));
    return values[0]?.value ?? '';
  };

  it('by hand is the form of a Job that never runs by itself, and is not tried again', () => {
    expect(cronJob.safeParse(manifests.get('CronJob', 'onsale-failover')).error).toBeUndefined();
    expect(containersOf(podOf('failover')).map(({ args }) => args)).toEqual([['operations/src/failover.ts']]);
  });

  it('by itself is off unless asked for', async () => {
    const { pods } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale' });
    expect(pods.filter(({ of }) => of.includes('failover')).map(({ of }) => of)).toEqual(['CronJob/onsale-failover']);
  });

  it('by itself is done by the holder of the lease that the election asks for', () => {
    const watch = podOf('failover-watch');
    expect(containersOf(watch)[0]?.args).toEqual(['operations/src/failover.ts', '--watch', '--after', '15']);
    expect(variableOf(watch, 'ELECTION')).toBe('lease');
    const name = leaseName(variableOf(watch, 'LEASE_PREFIX'), { lock: 'failover', schema: 'mysql' });
    expect(manifests.find('Lease', name)).toBeDefined();
  });

  it.each(['failover', 'failover-watch'])('%s knows every server, by its pod’s name', (component) => {
    const servers = variableOf(podOf(component), 'FAILOVER_SERVERS').split(',');
    expect(servers).toHaveLength(3);
    for (const server of servers) {
      const [name = '', host = '', port] = server.split(/[=:]/);
      expect(host).toBe(`${name}.onsale-mysql`);
      expect(targetsOf(manifests, host, Number(port), namespace)).toHaveLength(1);
    }
  });

  it.each(['failover', 'failover-watch'])(
    '%s reaches MySQL, Redis and the API server, and nothing else',
    (component) => {
      const policies = policiesOf(manifests, namespace);
      const from = endpointOf(podOf(component), namespace);
      const reached = manifests.pods
        .filter((pod) =>
          containersOf(pod).some(({ ports }) =>
            ports.some(({ name, containerPort: port }) => {
              const at = { port, ...(name ? { portName: name } : {}) };
              return refusalsOf(policies, { from, to: endpointOf(pod, namespace), ...at }).length === 0;
            }),
          ),
        )
        .map(({ labels }) => labels['app.kubernetes.io/component']);
      // The gateway’s front is open to anybody, but this pod has no way to it.
      expect(reached.sort()).toEqual(['mysql', 'redis']);
      expect(refusalsOf(policies, { from, to: 'outside', port: 6443 })).toEqual([]);
      expect(refusalsOf(policies, { from, to: 'outside', port: 3306 })).toEqual(['egress']);
    },
  );

  describe('of servers that are not ours', () => {
    it.each(['ha', 'external'])('is not there: %s', async (scenario) => {
      const values = [`charts/onsale/scenarios/${scenario}/values.yaml`];
      const { objects } = await renderer.manifests({ chart: 'charts/onsale', release: 'onsale', values });
      expect(objects.filter(({ metadata }) => metadata.name?.includes('failover'))).toEqual([]);
    });
  });
});

chartSuite('a loss is accepted', () => {
  it('by a Job that the documented command gives its argument', async () => {
    const { get } = await createChartRenderer().manifests({ chart: 'charts/onsale', release: 'onsale' });
    const { spec } = cronJob.parse(get('CronJob', 'onsale-failover'));
    const input = JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', spec: spec.jobTemplate.spec });
    const docs = await readFile(join(repository, 'docs/data-services.md'), 'utf8');
    const [, patch = ''] = /--patch '(\[.*--accept-loss.*\])'/.exec(docs) ?? [];
    const args = ['patch', '--local', '--filename', '-', '--type', 'json', '--output', 'json', '--patch', patch];
    const { stdout } = spawnSync('kubectl', args, { input, encoding: 'utf8', timeout: 30_000 });
    const [container] = job.parse(JSON.parse(stdout)).spec.template.spec.containers;
    expect(container?.args).toEqual(['operations/src/failover.ts', '--accept-loss']);
  });
}, ['helm', 'kubectl']);
