import type { Audited } from '../../campaign/audit-run.ts';
import type { KeyRecord } from '../../load/key-record.ts';
import { nameOf } from '../../load/request.ts';
import type { Heeded } from '../ground/attempts.ts';

export interface JudgeLoss {
  /** When the replica stopped receiving, and when the primary was gone, on the clock of the run. */
  readonly stoppedMs: number;
  readonly lostMs: number;
  readonly attempts: readonly Heeded[];
  /** Those whose effect is not there. */
  readonly lost: readonly KeyRecord[];
  readonly audited: Pick<Audited, 'checks'>;
}

/** The keys that were granted for the first time by a request sent and answered while nobody received. */
function grantedUnheard({ attempts, stoppedMs, lostMs }: JudgeLoss): string[] {
  const first = new Map<string, Heeded>();
  for (const attempt of attempts) {
    const name = nameOf(attempt.request);
    const earlier = first.get(name);
    if (earlier === undefined || attempt.sentMs < earlier.sentMs) first.set(name, attempt);
  }
  return [...first]
    .filter(([, { outcome, sentMs, doneMs }]) => outcome === 'ok' && sentMs > stoppedMs && doneMs < lostMs)
    .map(([name]) => name);
}

/**
 * What is wrong with a loss that was accepted: only what was answered after the replica had stopped receiving may be
 * missing, all of that is, and the audit names as many keys as are.
 */
export function judgeLoss(judged: JudgeLoss): string[] {
  const { lost, stoppedMs, audited } = judged;
  const missing = new Set(lost.map(({ request }) => nameOf(request)));
  const early = lost.filter(({ toldMs = 0 }) => toldMs < stoppedMs).map(({ request }) => nameOf(request));
  const unexpected = grantedUnheard(judged).filter((name) => !missing.has(name));
  const reported = audited.checks.find(({ name }) => name === 'client-log')?.broken.total ?? 0;
  return [
    ...(early.length > 0
      ? [`${early.length} keys are missing that were answered while the replica received: ${early[0]}`]
      : []),
    ...(unexpected.length > 0 ? [`${unexpected.length} keys are there that nobody received: ${unexpected[0]}`] : []),
    ...(reported === missing.size ? [] : [`${missing.size} keys are missing, and the audit reports ${reported}`]),
  ];
}
