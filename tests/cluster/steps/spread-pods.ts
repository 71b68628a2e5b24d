import { twoOfEach } from '../shop/release.ts';
import type { Step } from '../step.ts';
import { isReady, livePods } from '../tools/live-pods.ts';

export const spreadPods: Step = {
  name: 'spread',
  shows: 'two pods of a service are on two nodes',
  async run(cluster) {
    await twoOfEach(cluster);
    const nodesOf = new Map<string, string[]>();
    for (const pod of await livePods(cluster, '-l', 'app.kubernetes.io/part-of=onsale')) {
      const component = pod.metadata.labels['app.kubernetes.io/component'];
      if (!isReady(pod) || component === undefined) continue;
      nodesOf.set(component, [...(nodesOf.get(component) ?? []), pod.spec.nodeName ?? '']);
    }
    const together = [...nodesOf].filter(([, nodes]) => new Set(nodes).size < 2);
    cluster.say(`${nodesOf.size} services`);
    if (nodesOf.size === 0) throw new Error('no pod is ready');
    if (together.length > 0) {
      throw new Error(`on one node: ${together.map(([component, nodes]) => `${component} (${nodes})`).join(', ')}`);
    }
  },
};
