import type { Fault } from '../campaign/fault.ts';
import { killAt } from './faults/kill-at.ts';
import { stopAt } from './faults/stop-at.ts';
import { crashPoints } from './table/crash-points.ts';

/** A kill at every crash point, and a sleep at every one where others wait for what is held. */
export const crashFaults: readonly Fault[] = [
  ...crashPoints.map(killAt),
  ...crashPoints.filter(({ holds }) => holds).map(stopAt),
];
