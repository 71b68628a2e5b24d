import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Fault } from '../../campaign/fault.ts';
import { hold } from '../../injections/hold.ts';
import type { CrashPoint } from '../table/crash-points.ts';
import { armInstances } from './arm-instances.ts';
import { notReached, told } from './tell.ts';

const REACHED_WITHIN_MS = 8_000;
/** A lock outlives its holder by 3 s. */
const ASLEEP_MS = 4_500;

/** The service stops itself at the point while others wait for what it holds, and wakes when that is no longer its own. */
export const stopAt = (point: CrashPoint): Fault => ({
  name: `asleep at ${point.name}`,
  takesMs: 20_000,
  touches: point.services,
  async inject(stage, signal) {
    const struck = await armInstances(stage, point, { action: 'stop', withinMs: REACHED_WITHIN_MS }, signal);
    if (struck === undefined) return notReached(point);
    await hold(ASLEEP_MS, signal);
    struck.service.resume();
    await awaitWhole({ services: { struck: [struck.service] } });
    return { happened: true, what: `slept ${ASLEEP_MS} ms: ${told(struck)}` };
  },
});
