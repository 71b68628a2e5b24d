import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { everythingReady } from '../tools/rollouts.ts';

/** Upgrades the shop's release, keeping what was set before, and waits until it is up. @throws CommandFailed */
export async function upgradeShop({ helm }: Cluster, set: readonly string[]): Promise<void> {
  const args = ['upgrade', 'onsale', 'charts/onsale', '--reuse-values', '--set', set.join(','), '--wait'];
  await helm([...args, '--timeout', '6m'], { timeoutMs: 380_000 });
}

/** Pods of a node start beside those that serve, on the same few cores. */
const apart = 'rollout.apartSeconds=8';

const values = z.looseObject({ defaults: z.looseObject({ replicas: z.int().optional() }).optional() }).nullable();

/** Sees that every service has two pods, that services start one after the other, and that all is ready. */
export async function twoOfEach(cluster: Cluster, readyWithinMs = 120_000): Promise<void> {
  const { stdout } = await cluster.helm(['get', 'values', 'onsale', '-o', 'json']);
  if (values.parse(JSON.parse(stdout))?.defaults?.replicas !== 2)
    await upgradeShop(cluster, ['defaults.replicas=2', apart]);
  await everythingReady(cluster, readyWithinMs);
}

const podTemplate = z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) });
const workloads = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }), spec: z.object({ template: podTemplate }) })),
});
const jobs = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ template: podTemplate }),
      status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
    }),
  ),
});

const ofShop = ['-l', 'app.kubernetes.io/part-of=onsale'];

/**
 * Sees that every Deployment of the shop runs this image, and that there is one migration job, of the same image, that
 * has come to its end.
 */
export async function runsImage(cluster: Cluster, image: string): Promise<void> {
  const { items } = await cluster.get(workloads, 'deployments', ...ofShop);
  const others = items.filter(({ spec }) => spec.template.spec.containers.some((one) => one.image !== image));
  if (items.length === 0 || others.length > 0) {
    throw new Error(`not of ${image}: ${others.map(({ metadata }) => metadata.name).join(', ')}`);
  }
  const migrations = await cluster.get(jobs, 'jobs', ...ofShop, '-l', 'app.kubernetes.io/component=migrate');
  const right = migrations.items.filter(
    ({ spec, status }) =>
      spec.template.spec.containers.every((one) => one.image === image) &&
      status.conditions.some(({ type, status: is }) => type === 'Complete' && is === 'True'),
  );
  if (right.length !== 1 || migrations.items.length !== 1) {
    throw new Error(`migration jobs: ${JSON.stringify(migrations.items.map(({ metadata }) => metadata.name))}`);
  }
}
