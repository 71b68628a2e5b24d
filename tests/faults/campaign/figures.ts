import type { History } from '../load/history.ts';
import { isOpen, type KeyRecord } from '../load/key-record.ts';
import { TOLD_WITHIN_MS } from '../load/told-within.ts';
import type { Injected } from './inject-faults.ts';

/** What a run amounts to. */
export interface Figures {
  readonly faults: number;
  /** Processes that ended by a fault. */
  readonly kills: number;
  /** Keys under which an order was asked for. */
  readonly orders: number;
  /** Of those: answered with 2xx. */
  readonly acknowledged: number;
  /** Of those: refused, and not open. */
  readonly refused: number;
  /** Keys of any kind that were open at some time. */
  readonly unknown: number;
  /** Of those: told in the end. */
  readonly resolved: number;
  /** Of those: told within 30 s of the first lost answer, whatever was broken meanwhile. */
  readonly resolvedSoon: number;
  /** From the first lost answer to the telling one, faults included, in ms. */
  readonly slowestMs: number;
  /** The longest span of the load in which nobody was granted anything, in ms. */
  readonly longestPauseMs: number;
}

export interface TakeFigures {
  readonly injected: readonly Injected[];
  readonly history: Pick<History, 'keys' | 'grantedMs'>;
  /** The load's span, on the history's clock. */
  readonly fromMs: number;
  readonly toMs: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const most = (numbers: readonly number[]): number => numbers.reduce((high, number) => Math.max(high, number), 0);

function longestPause({ history, fromMs, toMs }: TakeFigures): number {
  const times = history.grantedMs.filter((at) => at > fromMs && at < toMs).sort((one, other) => one - other);
  return most([...times, toMs].map((at, index) => at - (times[index - 1] ?? fromMs)));
}

const toldAfterMs = ({ toldMs = 0, unknownSinceMs = 0 }: KeyRecord): number => toldMs - unknownSinceMs;

export function takeFigures(taken: TakeFigures): Figures {
  const records = [...taken.history.keys.values()];
  const orders = records.filter(({ request }) => request.kind === 'order');
  const lost = records.filter(({ unknownSinceMs }) => unknownSinceMs !== undefined);
  const resolved = lost.filter((record) => !isOpen(record));
  return {
    faults: taken.injected.filter(({ evidence }) => evidence.happened).length,
    kills: sum(taken.injected.map(({ evidence }) => evidence.kills ?? 0)),
    orders: orders.length,
    acknowledged: orders.filter(({ granted }) => granted !== undefined).length,
    refused: orders.filter((record) => record.granted === undefined && !isOpen(record)).length,
    unknown: lost.length,
    resolved: resolved.length,
    resolvedSoon: resolved.filter((record) => toldAfterMs(record) <= TOLD_WITHIN_MS).length,
    slowestMs: most(resolved.map(toldAfterMs)),
    longestPauseMs: longestPause(taken),
  };
}

/** Of several runs. */
export function addFigures(all: readonly Figures[]): Figures {
  const total = (name: keyof Figures) => sum(all.map((figures) => figures[name]));
  return {
    faults: total('faults'),
    kills: total('kills'),
    orders: total('orders'),
    acknowledged: total('acknowledged'),
    refused: total('refused'),
    unknown: total('unknown'),
    resolved: total('resolved'),
    resolvedSoon: total('resolvedSoon'),
    slowestMs: most(all.map(({ slowestMs }) => slowestMs)),
    longestPauseMs: most(all.map(({ longestPauseMs }) => longestPauseMs)),
  };
}
