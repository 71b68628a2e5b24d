import type { ServiceProcess } from '@onsale/local';
import { inventory } from '../../../../services/inventory.ts';
import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Stage } from '../../campaign/stage.ts';
import { freeze, kill, nothingToBreak } from '../breakable.ts';
import { bringBack } from '../heal.ts';
import { drawMs } from '../hold.ts';
import type { Injection } from '../injection.ts';

const services = inventory.map(({ name }) => name);

/** Each service killed, and each stopped; of those with several instances, one of them. */
export const serviceFaults: readonly Injection[] = services.flatMap((name) => [killed(name), paused(name)]);

function killed(name: string): Injection {
  return {
    name: `${name} killed`,
    touches: [name],
    takesMs: 45_000,
    async inject(stage, signal) {
      const service = oneOf(stage, name);
      if (service === undefined) return nothingToBreak(name);
      const holdMs = drawMs(stage.random, 200, 3_000);
      return kill([service], { holdMs, signal, heal: () => bringBack(service) });
    },
  };
}

function paused(name: string): Injection {
  return {
    name: `${name} paused`,
    touches: [name],
    takesMs: 30_000,
    async inject(stage, signal) {
      const service = oneOf(stage, name);
      if (service === undefined) return nothingToBreak(name);
      const holdMs = drawMs(stage.random, 2_000, 8_000);
      return freeze(service, { holdMs, signal, heal: () => awaitWhole({ services: { [name]: [service] } }) });
    },
  };
}

/** An instance that is up. */
function oneOf({ platform, random }: Stage, name: string): ServiceProcess | undefined {
  const up = (platform.services[name] ?? []).filter(({ pid }) => pid !== undefined);
  return up[Math.floor(random() * up.length)];
}
