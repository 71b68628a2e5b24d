import { z } from 'zod';
import { twoOfEach } from '../shop/release.ts';
import { runLoad } from '../shop/run-load.ts';
import type { Step } from '../step.ts';

const peak = z.looseObject({ verdict: z.string(), perSecond: z.number() });

export const measurePeak: Step = {
  name: 'peak',
  shows: 'how many requests a second the shop answers at most with two pods of each service, orders among them',
  async run(cluster) {
    await twoOfEach(cluster);
    const args = ['peak', '--mix', 'orders', '--duration', '15s'];
    const measure = () => runLoad(cluster, args, { schema: peak, timeoutMs: 300_000 });
    // The first time is for the new pods to warm up.
    await measure();
    const { code, result } = await measure();
    if (code !== 0) throw new Error(`no peak was found: ${JSON.stringify(result)}`);
    cluster.measured.peakPerSecond = result.perSecond;
    cluster.say(`${result.perSecond.toFixed(0)} requests/s`);
  },
};
