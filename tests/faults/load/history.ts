import type { Attempt } from '../../../load-tests/src/sale/ask-until-told.ts';
import { type ClientLog, openClientLog } from '../../../load-tests/src/sale/client-log.ts';
import { field } from '../../../load-tests/src/sale/field.ts';
import { type Heard, isFault, isPassing } from '../../../load-tests/src/sale/outcome.ts';
import type { KeyRecord } from './key-record.ts';
import { hungUp, nameOf, type Request } from './request.ts';

/** An attempt that an honest platform would have answered otherwise while nothing was broken. */
export interface OddAnswer {
  readonly what: string;
  /** On the clock of `now`. */
  readonly sentMs: number;
  readonly doneMs: number;
}

/** What the clients asked and heard: every attempt is a line of the log at once, and what can be counted is kept. */
export interface History {
  readonly file: string;
  heard(request: Request, heard: Heard, attempt: Attempt): void;
  /** Every key that was asked under, by its kind and itself. */
  readonly keys: ReadonlyMap<string, KeyRecord>;
  /** When each 2xx was there, on the clock of `now`. */
  readonly grantedMs: readonly number[];
  /** Answers with a 5xx that is no deliberate 503, and attempts that were never answered. */
  readonly odd: readonly OddAnswer[];
  /** What is heard afterwards is lost. */
  close(): Promise<void>;
}

const microseconds = 1_000;

function lineOf(request: Request, heard: Heard, { attempt, number, wallMs }: Told) {
  const { retryAfterMs: _, ...told } = heard;
  const { kind, buyer, userId, key, body } = request;
  const latencyMs = Math.round((attempt.doneMs - attempt.dueMs) * microseconds) / microseconds;
  const at = new Date(wallMs + attempt.dueMs).toISOString();
  return { at, buyer, userId, kind, key, body, attempt: number, ...told, latencyMs };
}

interface Told {
  readonly attempt: Attempt;
  readonly number: number;
  /** When the clock of `now` was 0. */
  readonly wallMs: number;
}

function oddityOf(request: Request, heard: Heard, attempt: Attempt): OddAnswer | undefined {
  const { sentMs, doneMs } = attempt;
  if (isFault(heard)) {
    return { what: `${nameOf(request)} was answered ${heard.status} ${heard.code ?? ''}`.trimEnd(), sentMs, doneMs };
  }
  if (heard.status !== undefined || hungUp(request, attempt)) return undefined;
  return { what: `${nameOf(request)} had no answer in ${Math.round(doneMs - sentMs)} ms`, sentMs, doneMs };
}

/** What became of a request: the id of an order or of a ledger's entry; a change of stock tells none. */
function effectOf({ kind }: Request, { response }: Heard): string {
  const id = kind === 'charge' ? field(response, 'entryId') : kind === 'stock' ? '' : field(response, 'id');
  return typeof id === 'string' ? id : '';
}

function recordAfter(before: KeyRecord, heard: Heard, doneMs: number): KeyRecord {
  const counted = { ...before, attempts: before.attempts + 1 };
  if (heard.outcome === 'unknown') {
    // A 2xx was final; a refusal was of another attempt than this one.
    if (before.granted !== undefined) return counted;
    return { ...counted, unknownSinceMs: before.unknownSinceMs ?? doneMs, toldMs: undefined };
  }
  if (isPassing(heard)) return counted;
  const toldMs = before.toldMs ?? doneMs;
  if (heard.outcome === 'refused') return { ...counted, toldMs };
  const granted = effectOf(before.request, heard);
  const twice = before.granted !== undefined && before.granted !== granted;
  return { ...counted, toldMs, granted: before.granted ?? granted, twoEffects: before.twoEffects || twice };
}

/** Opens a history that is written to this new file. */
export function openHistory(file: string, now: () => number): History {
  const log: ClientLog = openClientLog(file);
  const wallMs = Date.now() - now();
  const keys = new Map<string, KeyRecord>();
  const grantedMs: number[] = [];
  const odd: OddAnswer[] = [];
  let closing: Promise<void> | undefined;
  return {
    file,
    keys,
    grantedMs,
    odd,
    heard(request, heard, attempt) {
      if (closing !== undefined) return;
      const identity = nameOf(request);
      const fresh: KeyRecord = { request, attempts: 0, twoEffects: false };
      const record = recordAfter(keys.get(identity) ?? fresh, heard, attempt.doneMs);
      keys.set(identity, record);
      log.write(lineOf(request, heard, { attempt, number: record.attempts, wallMs }));
      if (heard.outcome === 'ok') grantedMs.push(attempt.doneMs);
      const oddity = oddityOf(request, heard, attempt);
      if (oddity) odd.push(oddity);
    },
    close() {
      closing ??= log.close();
      return closing;
    },
  };
}
