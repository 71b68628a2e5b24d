import { setTimeout as pause } from 'node:timers/promises';
import { shuffle } from '../../../../load-tests/src/scenario/shuffle.ts';
import { now } from '../../campaign/clock.ts';
import { type LoadedGround, underLoad } from '../ground/under-load.ts';
import type { Trial } from '../trial.ts';
import { type Dependency, dependencies } from './dependencies.ts';
import { type FreezeFigures, figuresOf, type JudgeFreeze, judgeFreeze, type Span } from './judge-freeze.ts';
import { watch } from './watch.ts';

/** After the start, until caches and pools are as they stay. */
const warmUpMs = 10_000;
const beforeMs = 10_000;
const afterMs = 20_000;
const shortFreezeMs = 10_000;
const longFreezeMs = 30_000;

async function spanOf(ms: number, signal: AbortSignal): Promise<Span> {
  const fromMs = now();
  await pause(ms, undefined, { signal });
  return { fromMs, toMs: now() };
}

/** Freezes the ways to a dependency, and looks at what comes of it until some time after the thaw. */
async function freeze(
  { stage, attempts, signal }: LoadedGround,
  dependency: Dependency,
  ms: number,
): Promise<JudgeFreeze> {
  const wires = dependency.wiresOf(stage.wires);
  const heldBack = () => wires.reduce((sum, wire) => sum + wire.heldBack, 0);
  const watching = watch(stage.platform);
  const before = await spanOf(beforeMs, signal);
  const heldBackBefore = heldBack();
  for (const wire of wires) wire.freeze();
  const frozen = await spanOf(ms, signal).finally(() => {
    for (const wire of wires) wire.thaw();
  });
  await pause(afterMs, undefined, { signal });
  const seen = watching.end();
  return { name: dependency.name, before, frozen, attempts, seen, heldBack: heldBack() - heldBackBefore };
}

function tell(name: string, figures: FreezeFigures): string {
  const { ratePerSecond, backAfterMs, longestMs, answered, refused, grewMib } = figures;
  const back = backAfterMs === undefined ? 'not back' : `back within ${(backAfterMs / 1_000).toFixed(1)} s`;
  return (
    `${name}: ${ratePerSecond.toFixed(0)}/s before, ${back}; ${answered} answers meanwhile, ${refused} of them 503 with a ` +
    `time to come again, the longest in ${(longestMs / 1_000).toFixed(1)} s; memory +${grewMib.toFixed(0)} MiB at most`
  );
}

export const frozen: Trial = {
  name: 'frozen',
  description:
    'nothing comes through from a dependency for 30 s (one of them, by the seed: 10 s); counted are dependencies',
  counts: { short: 1, long: dependencies.length },
  run: (options) =>
    underLoad(options, async (ground) => {
      const { random, say, signal } = ground;
      const chosen = shuffle(dependencies, random).slice(0, options.count);
      const freezeMs = chosen.length < dependencies.length ? shortFreezeMs : longFreezeMs;
      const figures: string[] = [];
      const violations: string[] = [];
      let happened = true;
      await pause(warmUpMs, undefined, { signal });
      for (const dependency of chosen) {
        const judged = await freeze(ground, dependency, freezeMs);
        figures.push(tell(dependency.name, figuresOf(judged)));
        violations.push(...judgeFreeze(judged));
        happened &&= judged.heldBack > 0;
        say(figures.at(-1) ?? '');
      }
      return { figures: figures.join('; '), happened, violations };
    }),
};
