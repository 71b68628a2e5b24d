import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../cluster.ts';
import type { Step } from '../step.ts';
import { pathWithHelmFor } from '../tools/helm-for.ts';
import { appImage, imagesOf } from '../tools/images.ts';

export const checkSkaffold: Step = {
  name: 'skaffold',
  shows: 'skaffold reads its configuration with every profile, and renders those whose charts are here',
  async run(cluster) {
    const { run, say } = cluster;
    const env = { ...cluster.env, PATH: await pathWithHelmFor(cluster) };
    for (const profile of ['lite', 'full', 'external']) {
      await run('skaffold', ['diagnose', '--yaml-only', '--profile', profile]);
      if (profile === 'full' && !existsSync(join(checkout, 'charts/onsale-infra/charts'))) {
        say('full: read, not rendered, for the charts that charts/onsale-infra builds on are not here');
        continue;
      }
      const offline = ['--offline=true', '--digest-source=none', '--images', appImage()];
      const { stdout } = await run('skaffold', ['render', '--profile', profile, ...offline], {
        timeoutMs: 120_000,
        env,
      });
      if (!imagesOf(stdout).includes(appImage())) throw new Error(`${profile} renders nothing of ${appImage()}`);
      say(`${profile}: ${stdout.split(/^---$/m).length} objects`);
    }
  },
};
