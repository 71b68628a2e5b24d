import { z } from 'zod';
import { upgradeShop } from '../shop/release.ts';
import { startLoad } from '../shop/steady-load.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';
import { secondsSince } from '../tools/seconds-since.ts';

const autoscaler = z.object({
  spec: z.object({ minReplicas: z.int() }),
  status: z.object({ currentReplicas: z.int().default(0), desiredReplicas: z.int().default(0) }),
});
const deployment = z.object({ status: z.object({ readyReplicas: z.int().default(0) }) });

const service = 'services.product.api';
const scaling = `${service}.autoscaling`;
const set = [
  `${scaling}.enabled=true`,
  `${scaling}.minReplicas=2`,
  `${scaling}.maxReplicas=4`,
  `${scaling}.targetCPUUtilizationPercentage=60`,
  `${service}.resources.requests.cpu=50m`,
];

export const scaleByLoad: Step = {
  name: 'autoscaling',
  shows: 'a HorizontalPodAutoscaler gives the product service more pods under load',
  async run(cluster) {
    await upgradeShop(cluster, set);
    const load = await startLoad(cluster, { perSecond: 150, ordersPercent: 0 });
    const begun = performance.now();
    try {
      const pods = await eventually(
        'a third pod of the product service',
        async () => {
          const { spec, status } = await cluster.get(autoscaler, 'hpa', 'onsale-product');
          const { readyReplicas } = (await cluster.get(deployment, 'deployment', 'onsale-product')).status;
          if (readyReplicas > spec.minReplicas) return readyReplicas;
          throw new Error(`${status.currentReplicas} of ${status.desiredReplicas} wanted, ${readyReplicas} ready`);
        },
        { withinMs: 180_000, everyMs: 2_000 },
      );
      cluster.say(`2 to ${pods} ready pods ${secondsSince(begun)} s after the load began`);
    } finally {
      await load.stop();
    }
  },
};
