import type { Percentiles } from './latencies.ts';
import type { TallyResult } from './tally.ts';
import type { Promised } from './verdict.ts';

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0).padStart(9);

const spreadLine = ([name, { count, p50, p90, p99, max }]: readonly [string, Percentiles]) =>
  `  ${name.padEnd(16)}${String(count).padStart(8)}${[p50, p90, p99, max].map(ms).join('')}`;

/** The sale in figures: latencies from when each request was due, and every kind of answer. */
export function printFigures({ latencies, attempts, ok, refused, unknown, replayed }: TallyResult): string {
  const answers = [...attempts].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    `  ${'latency in ms'.padEnd(16)}${['count', 'p50', 'p90', 'p99', 'max'].map((head, index) => head.padStart(index === 0 ? 8 : 9)).join('')}`,
    ...latencies.map(spreadLine),
    '',
    ...answers.map(([label, count]) => `  ${label.padEnd(48)}${String(count).padStart(8)}`),
    `  ${ok} ok (${replayed} of them replayed), ${refused} refused, ${unknown} without a known outcome at that moment`,
  ].join('\n');
}

/** What was promised, and whether it was kept. */
export function printVerdict(promises: readonly Promised[]): string {
  const lines = promises.map(({ kept, text }) => `  ${kept ? 'kept  ' : 'BROKEN'}  ${text}`);
  const all = promises.every(({ kept }) => kept);
  return [...lines, '', all ? 'The sale kept every promise.' : 'The sale BROKE a promise.'].join('\n');
}
