import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../../campaign/clock.ts';
import { mysqlOf } from '../../injections/mysql/mysql-of.ts';
import { watch } from '../frozen/watch.ts';
import { type Held, type LoadedGround, underLoad } from '../ground/under-load.ts';
import type { Trial, TrialResult } from '../trial.ts';
import { judgeLoss } from './judge-loss.ts';
import { losePrimary } from './lose-primary.ts';
import { lostKeys } from './lost-keys.ts';
import { type FailoverRun, runFailover } from './run-failover.ts';

const beforeMs = 8_000;
/** Longer than the primary waits for its replica before it goes on alone. */
const aloneMs = 5_000;
const afterMs = 15_000;
/** From the promotion to the first order, in ms. */
const followWithinMs = 10_000;

interface Followed {
  /** From the loss to the first grant after the promotion, in ms. */
  readonly pauseMs: number;
  /** From the end of the tool to that grant, in ms; below 0 when it came before. */
  readonly followedMs: number;
  readonly violations: readonly string[];
}

/** What became of the services while the primary went from one server to the other. */
function follow({ attempts }: LoadedGround, lostMs: number, promotedMs: number): Followed {
  const granted = attempts
    .filter(({ outcome, sentMs }) => outcome === 'ok' && sentMs > lostMs)
    .map(({ doneMs }) => doneMs);
  const first = Math.min(...granted);
  const followedMs = first - promotedMs;
  const late = followedMs > followWithinMs;
  return {
    pauseMs: first - lostMs,
    followedMs,
    violations: late ? [`the services did not follow within ${followWithinMs / 1_000} s of the promotion`] : [],
  };
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

function mustPromote({ code, said }: FailoverRun): void {
  if (code !== 0) throw new Error(`the replica was not promoted: ${said}`);
}

/** Loses the primary for good and promotes the replica, under load; what is `expected` of the tool comes between. */
async function loseAndPromote(
  ground: LoadedGround,
  args: readonly string[],
  expected: () => Promise<readonly string[]>,
): Promise<Followed & { lostMs: number; tool: FailoverRun }> {
  const { stage, signal } = ground;
  const watching = watch(stage.platform);
  await losePrimary(stage);
  const lostMs = now();
  const refused = await expected();
  const tool = await runFailover(stage.dataFolder, args);
  mustPromote(tool);
  const promotedMs = now();
  await pause(afterMs, undefined, { signal });
  const restarted = watching.end().filter(({ pids }) => pids.size > 1);
  const followed = follow(ground, lostMs, promotedMs);
  const violations = [...refused, ...restarted.map(({ name }) => `${name} was started anew`), ...followed.violations];
  return { ...followed, lostMs, tool, violations };
}

const tell = ({ tool, pauseMs, followedMs }: { tool: FailoverRun } & Followed): string =>
  `promoted by a command of ${seconds(tool.tookMs)}, first grant ${seconds(pauseMs)} after the loss ` +
  `(${seconds(followedMs)} after the command)`;

/** Every commit was received by the replica before it was answered. */
async function whileReceiving(ground: LoadedGround): Promise<Held> {
  await pause(beforeMs, undefined, { signal: ground.signal });
  const done = await loseAndPromote(ground, [], async () => []);
  ground.say(tell(done));
  return {
    figures: `semi-synchronous: ${tell(done)}, nothing acknowledged is missing`,
    happened: true,
    violations: done.violations,
  };
}

/** The replica had stopped receiving, and the primary gone on without it. */
async function whileAlone(ground: LoadedGround): Promise<Held> {
  const { stage, attempts, history, signal, say } = ground;
  await pause(beforeMs, undefined, { signal });
  const stoppedMs = now();
  await mysqlOf(stage).stopReplication();
  await pause(aloneMs, undefined, { signal });
  const done = await loseAndPromote(ground, ['--accept-loss'], async () => {
    const { code, said } = await runFailover(stage.dataFolder, []);
    say(`without --accept-loss: ${said}`);
    return code === 0 ? ['the replica was promoted although acknowledged writes were missing'] : [];
  });
  say(tell(done));
  return {
    figures: `asynchronous: refused, then with --accept-loss ${tell(done)}`,
    happened: true,
    violations: done.violations,
    async judgeAudit(audited) {
      const lost = await lostKeys(stage, history.keys.values());
      const violations = judgeLoss({ stoppedMs, lostMs: done.lostMs, attempts, lost, audited });
      return { figures: `${lost.length} acknowledged keys are missing, and reported`, violations };
    },
  };
}

const modes = [whileReceiving, whileAlone];

export const primaryLost: Trial = {
  name: 'primary-lost',
  description:
    'the primary lost for good and its replica promoted, by turns semi-synchronous and not; counted are losses',
  counts: { short: 2, long: 6 },
  async run(options) {
    const results: TrialResult[] = [];
    for (let loss = 0; loss < options.count; loss += 1) {
      options.signal.throwIfAborted();
      const folder = join(options.folder, String(loss));
      mkdirSync(folder);
      const mode = modes[loss % modes.length] ?? whileReceiving;
      results.push(await underLoad({ ...options, folder, seed: `${options.seed} ${loss}` }, mode));
    }
    return {
      figures: results.map(({ figures }) => figures).join('; '),
      happened: results.every(({ happened }) => happened),
      violations: results.flatMap(({ violations }) => violations),
    };
  },
};
