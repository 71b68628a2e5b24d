import type { Platform } from '@onsale/local';
import type { CrashControl } from '../crash-points/crash-control.ts';
import type { Wires } from '../injections/network/wires.ts';

/** A running platform and the ways to break it. */
export interface Stage {
  /** Its services, servers, addresses and tokens. */
  readonly platform: Platform;
  /** Of the platform. */
  readonly dataFolder: string;
  readonly crashPoints: CrashControl;
  readonly wires: Wires;
  /** Seeded, for this fault alone. */
  readonly random: () => number;
  /** The run's log. */
  readonly say: (line: string) => void;
}
