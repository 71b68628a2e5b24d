import { crashFaults } from '../crash-points/index.ts';
import { injections } from '../injections/index.ts';
import type { Fault } from './fault.ts';

/** Faults by family: a run takes from each family in turn. */
export const knownFaults: readonly (readonly Fault[])[] = [injections, crashFaults];
