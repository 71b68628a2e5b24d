import { z } from 'zod';
import { runLoad } from '../shop/run-load.ts';
import type { Step } from '../step.ts';

const drop = z.looseObject({ verdict: z.string(), requests: z.int(), scarceSold: z.int(), auditCode: z.int() });

/**
 * Three nodes, their pods and the clients share one machine, which may be slow: this shows that promises are kept, and not
 * what becomes of a crowd that is more than the machine can serve.
 */
const speed = '0.25';

export const playDrop: Step = {
  name: 'drop',
  shows: 'a drop of 2,000 buyers, played by k6 inside the cluster, keeps every promise, and the audit is clean',
  async run(cluster) {
    const { code, result } = await runLoad(cluster, ['drop', '--speed', speed], { schema: drop, timeoutMs: 720_000 });
    cluster.say(JSON.stringify(result));
    if (code !== 0 || result.verdict !== 'kept') throw new Error(`the drop ended with ${code}: ${result.verdict}`);
  },
};
