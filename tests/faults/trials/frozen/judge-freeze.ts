import { isFault, isPassing } from '../../../../load-tests/src/sale/outcome.ts';
import type { Heeded } from '../ground/attempts.ts';
import type { Seen } from './watch.ts';

/** When a freeze was, on the clock of the run. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface JudgeFreeze {
  readonly name: string;
  readonly before: Span;
  readonly frozen: Span;
  readonly attempts: readonly Heeded[];
  readonly seen: readonly Seen[];
  /** Chunks and ends of connections that waited at the frozen wires. */
  readonly heldBack: number;
}

export interface FreezeFigures {
  /** Requests told for good in a second, before. */
  readonly ratePerSecond: number;
  /** From the thaw to the first seconds with the earlier rate, in ms; undefined when it did not come back. */
  readonly backAfterMs: number | undefined;
  /** The longest answer of a request that was sent while all was frozen, in ms. */
  readonly longestMs: number;
  readonly answered: number;
  /** Answers of 503 that say when to come again. */
  readonly refused: number;
  /** The most that an instance grew by, in MiB. */
  readonly grewMib: number;
}

/** The rate must be back this long after the thaw, in ms. */
const backWithinMs = 15_000;
const backShare = 0.95;
/** Over so many ms a rate is taken. */
const windowMs = 5_000;
const stepMs = 500;
/** What an instance may grow by, in MiB: its heap is bounded far above what it has at rest. */
const mayGrowMib = 96;
/** An answer takes no longer than the gateway waits for one, and a little. */
const longestAnswerMs = 13_000;

const seconds = (span: Span): number => (span.toMs - span.fromMs) / 1_000;

const isTold = (attempt: Heeded): boolean => attempt.outcome !== 'unknown' && !isPassing(attempt);

function rateIn(attempts: readonly Heeded[], span: Span): number {
  const told = attempts.filter(
    (attempt) => isTold(attempt) && attempt.doneMs >= span.fromMs && attempt.doneMs < span.toMs,
  );
  return told.length / seconds(span);
}

/** From the thaw to the end of the first window with the earlier rate. */
function backAfter({ attempts, before, frozen }: JudgeFreeze): number | undefined {
  const wanted = rateIn(attempts, before) * backShare;
  for (let fromMs = frozen.toMs; fromMs + windowMs <= frozen.toMs + backWithinMs; fromMs += stepMs) {
    if (rateIn(attempts, { fromMs, toMs: fromMs + windowMs }) >= wanted) return fromMs + windowMs - frozen.toMs;
  }
  return undefined;
}

export function figuresOf(judged: JudgeFreeze): FreezeFigures {
  const { attempts, before, frozen, seen } = judged;
  const during = attempts.filter(({ sentMs, hungUp }) => !hungUp && sentMs >= frozen.fromMs && sentMs < frozen.toMs);
  return {
    ratePerSecond: rateIn(attempts, before),
    backAfterMs: backAfter(judged),
    longestMs: Math.max(0, ...during.map(({ sentMs, doneMs }) => doneMs - sentMs)),
    answered: during.length,
    refused: during.filter(({ status, retryAfterMs }) => status === 503 && retryAfterMs !== undefined).length,
    grewMib: Math.max(0, ...seen.map(({ firstMib, mostMib }) => mostMib - firstMib)),
  };
}

/** Broken promises of one freeze. */
export function judgeFreeze(judged: JudgeFreeze): string[] {
  const { name, attempts, frozen, seen } = judged;
  const { backAfterMs, longestMs } = figuresOf(judged);
  const during = attempts.filter(({ sentMs, hungUp }) => !hungUp && sentMs >= frozen.fromMs && sentMs < frozen.toMs);
  const odd = during.filter((attempt) => isFault(attempt) || attempt.status === undefined);
  const first = odd[0];
  const broken = [
    first &&
      `${odd.length} requests had no answer, or a 5xx without a time to come again: the first ${first.status ?? 'none'}`,
    longestMs > longestAnswerMs && `an answer took ${Math.round(longestMs)} ms`,
    backAfterMs === undefined && `the earlier rate was not back within ${backWithinMs / 1_000} s`,
    ...seen.flatMap(({ name: instance, pids, firstMib, mostMib }) => [
      pids.size > 1 && `${instance} was started anew`,
      mostMib - firstMib > mayGrowMib && `${instance} grew from ${Math.round(firstMib)} to ${Math.round(mostMib)} MiB`,
    ]),
  ];
  return broken.filter((each) => typeof each === 'string').map((each) => `${name} frozen: ${each}`);
}
