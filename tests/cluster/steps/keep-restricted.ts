import { z } from 'zod';
import type { Step } from '../step.ts';
import { livePods } from '../tools/live-pods.ts';
import { noWarnings } from '../tools/no-warnings.ts';

const namespaceLabels = z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }) });
const enforce = 'pod-security.kubernetes.io/enforce';

export const keepRestricted: Step = {
  name: 'restricted',
  shows: 'the namespace enforces the Pod Security Standard restricted, and no pod that runs violates it',
  async run(cluster) {
    const { metadata } = await cluster.get(namespaceLabels, 'namespace', cluster.namespace);
    if (metadata.labels[enforce] !== 'restricted') throw new Error(`not enforced: ${JSON.stringify(metadata.labels)}`);
    // Asked for another version of the standard, the API server looks at every pod that is there and warns.
    const change = ['label', '--overwrite', '--dry-run=server', 'namespace', cluster.namespace];
    const { stderr, code } = await cluster.tryKubectl([...change, `${enforce}-version=v1.30`]);
    if (code !== 0) throw new Error(stderr);
    noWarnings(stderr);
    cluster.say(`${(await livePods(cluster)).length} pods`);
  },
};
