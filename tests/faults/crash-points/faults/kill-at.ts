import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Fault } from '../../campaign/fault.ts';
import type { CrashPoint } from '../table/crash-points.ts';
import { armInstances } from './arm-instances.ts';
import { notReached, told } from './tell.ts';

const REACHED_WITHIN_MS = 8_000;

/** The service ends itself at the point, under the load, and is started again by its supervisor. */
export const killAt = (point: CrashPoint): Fault => ({
  name: `killed at ${point.name}`,
  takesMs: 15_000,
  touches: point.services,
  async inject(stage, signal) {
    const struck = await armInstances(stage, point, { action: 'kill', withinMs: REACHED_WITHIN_MS }, signal);
    await awaitWhole({ services: { struck: struck.map(({ service }) => service) } });
    if (struck.length === 0) return notReached(point);
    return { happened: true, what: `killed itself: ${struck.map(told).join('; ')}`, kills: struck.length };
  },
});
