import type { LocalServer } from '@onsale/local-servers';
import type { Stage } from '../campaign/stage.ts';
import { type Breakable, freeze, kill, nothingToBreak } from './breakable.ts';
import { drawMs } from './draw.ts';
import type { Injection } from './injection.ts';

/** A fault that is a signal to processes, and its healing. */
export interface Signalled extends Pick<Injection, 'name' | 'touches' | 'takesMs'> {
  /** How long it lasts, in ms. */
  readonly holdMs: readonly [least: number, most: number];
}

export interface Killed<T extends Breakable> extends Signalled {
  /** Of those that are up; none when there is nothing to break. */
  targets(stage: Stage): readonly T[];
  /** Resolves when they are up and whole again. */
  heal(stage: Stage, targets: readonly T[]): Promise<void>;
}

export interface Frozen<T extends Breakable> extends Signalled {
  target(stage: Stage): T | undefined;
  /** Resolves when it is whole again. */
  heal(stage: Stage, target: T): Promise<void>;
}

/** Processes killed as by a crash, all at once. */
export const killed = <T extends Breakable = LocalServer>({
  targets: choose,
  heal,
  holdMs: [least, most],
  ...about
}: Killed<T>): Injection => ({
  ...about,
  async inject(stage, signal) {
    const targets = choose(stage);
    if (targets.length === 0) return nothingToBreak(about.touches.join());
    const holdMs = drawMs(stage.random, least, most);
    return kill(targets, { holdMs, signal, heal: () => heal(stage, targets) });
  },
});

/** A process stopped for a while. */
export const paused = <T extends Breakable = LocalServer>({
  target: choose,
  heal,
  holdMs: [least, most],
  ...about
}: Frozen<T>): Injection => ({
  ...about,
  async inject(stage, signal) {
    const target = choose(stage);
    if (target === undefined) return nothingToBreak(about.touches.join());
    const holdMs = drawMs(stage.random, least, most);
    return freeze(target, { holdMs, signal, heal: () => heal(stage, target) });
  },
});
