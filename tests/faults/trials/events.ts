import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addFigures } from '../campaign/figures.ts';
import { planRun } from '../campaign/plan.ts';
import { playRun, type RunResult } from '../campaign/play-run.ts';
import { crashFaults } from '../crash-points/index.ts';
import { crashPoints } from '../crash-points/table/crash-points.ts';
import { injections } from '../injections/index.ts';
import type { Trial, TrialOptions } from './trial.ts';

/** Those that carry an event from the outbox to its effects. */
const carriers = ['relay', 'statistics', 'data-platform-sender', 'balance-cache', 'product-cache', 'data-platform'];
const points = new Set(
  crashPoints.filter(({ flow }) => carriers.includes(flow)).map(({ name }) => `killed at ${name}`),
);
const killed = crashFaults.filter(({ name }) => points.has(name));
const brokers = injections.filter(({ name }) => name === 'one broker killed' || name === 'all brokers killed');

/** Three kills at crash points, then one of brokers. */
const families = [0, 1, 2].map((third) => killed.filter((_, index) => index % 3 === third)).concat([[...brokers]]);
const killsOfRun = 12;
/** Of the load, for each kill. */
const killEveryMs = 6_000;
const rate = 40;

/** One platform with so many kills; runs of one seed deal from the same decks. */
async function playPart({ seed, folder, say, signal }: TrialOptions, run: number, kills: number): Promise<RunResult> {
  const loadMs = kills * killEveryMs;
  const names = families.map((family) => family.map(({ name }) => name));
  // Keys are made of it, in which no spaces are allowed.
  const ofKeys = seed.replaceAll(' ', '-');
  const plan = planRun({ seed: ofKeys, run, families: names, faults: kills, loadMs });
  const own = join(folder, String(run));
  mkdirSync(own);
  return playRun({ plan, faults: [...killed, ...brokers], rate, loadMs, folder: own, say, signal });
}

/** So many that each of the points has its turn. */
const everyPoint = Math.ceil((Math.ceil(killed.length / 3) * families.length) / killsOfRun) * killsOfRun;

export const events: Trial = {
  name: 'events',
  description: 'relay, consumers, data platform and brokers killed under load; counted are kills',
  counts: { short: 6, long: everyPoint },
  async run(options) {
    const results: RunResult[] = [];
    for (let left = options.count, run = 0; left > 0; left -= killsOfRun, run += 1) {
      options.signal.throwIfAborted();
      results.push(await playPart(options, run, Math.min(left, killsOfRun)));
    }
    const { faults, kills, orders, acknowledged } = addFigures(results.map(({ figures }) => figures));
    const unproven = results.flatMap((result) => result.unproven);
    for (const why of unproven) options.say(why);
    return {
      figures: `${faults} faults, ${kills} processes killed, ${acknowledged} of ${orders} orders acknowledged; every event has its effect once`,
      happened: unproven.length === 0,
      violations: results.flatMap(({ violations }) => violations),
    };
  },
};
