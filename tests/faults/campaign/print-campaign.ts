import { table } from '../../cluster/tools/table.ts';
import { addFigures, type Figures } from './figures.ts';
import { figuresOf, type ToldRun } from './told-run.ts';

const heading = [
  'run',
  'faults',
  'kills',
  'orders',
  'acknowledged',
  'refused',
  'unknown',
  'resolved',
  'in 30 s',
  'slowest s',
  'longest pause s',
  'violations',
  'audit',
  '',
];

const grouped = new Intl.NumberFormat('en-US');
const seconds = (ms: number): string => (ms / 1000).toFixed(1);

const cellsOf = (figures: Figures): string[] => [
  grouped.format(figures.faults),
  grouped.format(figures.kills),
  grouped.format(figures.orders),
  grouped.format(figures.acknowledged),
  grouped.format(figures.refused),
  grouped.format(figures.unknown),
  grouped.format(figures.resolved),
  grouped.format(figures.resolvedSoon),
  seconds(figures.slowestMs),
  seconds(figures.longestPauseMs),
];

function rowOf(told: ToldRun): string[] {
  if (told.verdict === 'failed') return [told.seed, ...cellsOf(addFigures([])), '', '', told.verdict];
  const { figures, violations, audit } = told.result;
  return [told.seed, ...cellsOf(figures), String(violations.length), audit, told.verdict];
}

function totalOf(told: readonly ToldRun[]): string[] {
  const violations = told.flatMap((run) => (run.verdict === 'failed' ? [] : run.result.violations));
  return ['all', ...cellsOf(addFigures(figuresOf(told))), grouped.format(violations.length), '', ''];
}

/** How often each fault happened. */
function faultsOf(told: readonly ToldRun[]): string {
  const counts = new Map<string, { times: number; kills: number }>();
  for (const run of told) {
    if (run.verdict === 'failed') continue;
    for (const { name, evidence } of run.result.injected) {
      const { times, kills } = counts.get(name) ?? { times: 0, kills: 0 };
      counts.set(name, { times: times + (evidence.happened ? 1 : 0), kills: kills + (evidence.kills ?? 0) });
    }
  }
  const rows = [...counts].sort(([one], [other]) => one.localeCompare(other));
  return table(
    ['fault', 'times', 'kills'],
    rows.map(([name, { times, kills }]) => [name, String(times), String(kills)]),
  );
}

/** What is wrong with each run that did not pass. */
function problemsOf(told: readonly ToldRun[]): string[] {
  return told.flatMap((run) => {
    if (run.verdict === 'failed') return [`${run.seed} failed: ${run.why}`];
    return [...run.result.violations, ...run.result.unproven].map((line) => `${run.seed} ${run.verdict}: ${line}`);
  });
}

/** The tables of a campaign, what is wrong, and its verdict in one line. */
export function printCampaign(told: readonly ToldRun[]): string {
  const passed = told.filter(({ verdict }) => verdict === 'passed').length;
  return [
    faultsOf(told),
    '',
    table(heading, [...told.map(rowOf), totalOf(told)]),
    '',
    ...problemsOf(told),
    `${passed} runs passed, ${told.length - passed} failed`,
  ].join('\n');
}
