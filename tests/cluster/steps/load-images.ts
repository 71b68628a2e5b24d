import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Cluster, checkout } from '../cluster.ts';
import type { Step } from '../step.ts';
import { appImage, imagesOf, k6Image, nextAppImage } from '../tools/images.ts';

const nodes = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

const metricsServer = 'k8s/kind/metrics-server.yaml';

async function wanted({ helm }: Cluster): Promise<string[]> {
  const rendered = await Promise.all(
    ['charts/onsale-infra-lite', 'charts/onsale'].map((chart) => helm(['template', 'onsale', chart, '--validate'])),
  );
  const manifests = [...rendered.map(({ stdout }) => stdout), readFileSync(join(checkout, metricsServer), 'utf8')];
  return [...new Set([...manifests.flatMap(imagesOf), appImage(), nextAppImage(), k6Image])];
}

/** Those that the Docker engine has; a node pulls the others by itself. */
async function atHand({ run }: Cluster, images: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    images.map((image) =>
      run('docker', ['image', 'inspect', '-f', '{{.Id}}', image]).then(
        () => [image],
        () => [],
      ),
    ),
  );
  return found.flat();
}

export const loadImages: Step = {
  name: 'images',
  shows: 'the workers have the images that this machine has; metrics-server is applied',
  essential: true,
  async run(cluster) {
    const { items } = await cluster.get(nodes, 'nodes', '-l', '!node-role.kubernetes.io/control-plane');
    const workers = items.map(({ metadata }) => metadata.name);
    const images = await wanted(cluster);
    const local = await atHand(cluster, images);
    const toPull = images.filter((image) => !local.includes(image));
    cluster.say(`loading ${local.length} images${toPull.length > 0 ? `; nodes pull ${toPull.join(', ')}` : ''}`);
    await cluster.run('kind', ['load', 'docker-image', ...local, '--name', cluster.name, '--nodes', workers.join()], {
      timeoutMs: 400_000,
    });
    // Not in the namespace under test.
    await cluster.run('kubectl', ['apply', '-f', metricsServer]);
  },
};
