import type { ServiceProcess } from '@onsale/local';
import { inventory } from '../../../../services/inventory.ts';
import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Stage } from '../../campaign/stage.ts';
import { drawOne } from '../draw.ts';
import { bringBack } from '../heal.ts';
import type { Injection } from '../injection.ts';
import { killed, paused } from '../signals.ts';

/** Each service killed, and each stopped; of those with several instances, one of them. */
export const serviceFaults: readonly Injection[] = inventory.flatMap(({ name }) => [
  killed<ServiceProcess>({
    name: `${name} killed`,
    touches: [name],
    takesMs: 45_000,
    holdMs: [200, 3_000],
    targets: (stage) => [oneOf(stage, name)].filter((service) => service !== undefined),
    heal: async (_, services) => void (await Promise.all(services.map(bringBack))),
  }),
  paused<ServiceProcess>({
    name: `${name} paused`,
    touches: [name],
    takesMs: 30_000,
    holdMs: [2_000, 8_000],
    target: (stage) => oneOf(stage, name),
    heal: (_, service) => awaitWhole({ services: { [name]: [service] } }),
  }),
]);

/** An instance that is up. */
function oneOf({ platform, random }: Stage, name: string): ServiceProcess | undefined {
  const up = (platform.services[name] ?? []).filter(({ pid }) => pid !== undefined);
  return drawOne(random, up);
}
