import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Fault } from '../../campaign/fault.ts';
import type { CrashPoint } from '../table/crash-points.ts';
import { armInstances } from './arm-instances.ts';
import { notReached, told } from './tell.ts';

const REACHED_WITHIN_MS = 8_000;

/** The service ends itself at the point, under the load, and is started again by its supervisor. */
export const killAt = (point: CrashPoint): Fault => ({
  name: `killed at ${point.name}`,
  takesMs: 25_000,
  touches: point.services,
  async inject(stage, signal) {
    const struck = await armInstances(stage, point, { action: 'kill', withinMs: REACHED_WITHIN_MS }, signal);
    if (struck === undefined) return notReached(point);
    await awaitWhole({ services: { struck: [struck.service] } });
    return { happened: true, what: `killed itself: ${told(struck)}`, kills: 1 };
  },
});
