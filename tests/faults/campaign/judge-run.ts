import type { History, OddAnswer } from '../load/history.ts';
import { isOpen, type KeyRecord } from '../load/key-record.ts';
import type { Audited } from './audit-run.ts';
import type { Injected } from './inject-faults.ts';

/** What is left of a scarce product when it was said to be sold out, in pieces. */
export interface Left {
  readonly productId: string;
  readonly stock: number;
}

export interface JudgeRun {
  readonly audited: Audited;
  readonly history: Pick<History, 'keys' | 'odd'>;
  readonly injected: readonly Pick<Injected, 'startMs' | 'endMs'>[];
  readonly left: readonly Left[];
  /** When all was whole again, on the history's clock. */
  readonly healedMs: number;
  /** How long a key may stay open after that, in ms. */
  readonly patienceMs: number;
}

// Connections that broke are opened again, and who was told to come again comes.
const recoveryMs = 5_000;
const named = 3;

const listed = (all: readonly string[]): string =>
  `${all.slice(0, named).join(', ')}${all.length > named ? `, and ${all.length - named} more` : ''}`;

function auditViolations({ checks }: Audited): string[] {
  return checks
    .filter(({ state }) => state === 'broken')
    .map(({ name, broken }) => `audit: ${name}: ${broken.total} broken: ${broken.rows[0]?.problem ?? ''}`);
}

/** Whether it was not known what became of it, and was not told in time either. What was told at once is not late. */
function isLate(record: KeyRecord, { healedMs, patienceMs }: JudgeRun): boolean {
  const { unknownSinceMs, toldMs = 0 } = record;
  if (unknownSinceMs === undefined) return false;
  return isOpen(record) || toldMs > Math.max(healedMs, unknownSinceMs) + patienceMs;
}

function keyViolations(run: JudgeRun): string[] {
  const { history, patienceMs } = run;
  const records = [...history.keys];
  const late = records.filter(([, record]) => isLate(record, run)).map(([name]) => name);
  const twice = records.filter(([, { twoEffects }]) => twoEffects).map(([name]) => name);
  return [
    ...(late.length > 0
      ? [`${late.length} keys not told within ${patienceMs / 1000} s of all being whole: ${listed(late)}`]
      : []),
    ...(twice.length > 0 ? [`${twice.length} keys with two effects: ${listed(twice)}`] : []),
  ];
}

/** Whether the attempt was while nothing was broken, nor had been just before. */
function isCalm({ sentMs, doneMs }: OddAnswer, injected: JudgeRun['injected']): boolean {
  return injected.every(({ startMs, endMs }) => doneMs < startMs || sentMs > endMs + recoveryMs);
}

function answerViolations({ history, injected }: JudgeRun): string[] {
  const odd = history.odd.filter((answer) => isCalm(answer, injected)).map(({ what }) => what);
  return odd.length > 0 ? [`${odd.length} odd answers while nothing was broken: ${listed(odd)}`] : [];
}

function stockViolations({ left }: JudgeRun): string[] {
  return left
    .filter(({ stock }) => stock !== 0)
    .map(({ productId, stock }) => `${stock} pieces of ${productId} are left though it is refused as sold out`);
}

/** Every broken promise of a run, a sentence each. */
export function judgeRun(run: JudgeRun): string[] {
  return [...auditViolations(run.audited), ...keyViolations(run), ...answerViolations(run), ...stockViolations(run)];
}
