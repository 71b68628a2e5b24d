import type { Cluster } from '../cluster.ts';
import type { Step } from '../step.ts';
import { appImage, nextAppImage } from '../tools/images.ts';
import { ownKindConfig } from '../tools/own-kind-config.ts';

const nodeImage = process.env.KIND_NODE_IMAGE ?? 'kindest/node:v1.34.4';

async function create(cluster: Cluster): Promise<void> {
  const config = ['--config', ownKindConfig(cluster), '--kubeconfig', cluster.env.KUBECONFIG ?? ''];
  const args = ['create', 'cluster', '--name', cluster.name, '--image', nodeImage, '--wait', '150s', ...config];
  await cluster.run('kind', args, { timeoutMs: 240_000 });
}

async function build({ run }: Cluster): Promise<void> {
  await run('docker', ['build', '--quiet', '--tag', appImage(), '.'], { timeoutMs: 420_000 });
  await run('docker', ['tag', appImage(), nextAppImage()]);
}

export const clusterUp: Step = {
  name: 'cluster',
  shows: 'kind brings up a control plane and two workers; the image builds meanwhile',
  essential: true,
  async run(cluster) {
    if (cluster.own) await Promise.all([create(cluster), build(cluster)]);
    else await cluster.run('kind', ['export', 'kubeconfig', '--name', cluster.name]);
    cluster.say(await cluster.kubectl(['get', 'nodes']));
    if (!cluster.own) return;
    const { stdout } = await cluster.run('docker', ['image', 'inspect', '-f', '{{.Size}}', appImage()]);
    cluster.say(`${appImage()}: ${Math.round(Number(stdout) / 1e6)} MB unpacked`);
  },
};
