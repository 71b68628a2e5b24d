import type { Client } from '../../../../load-tests/src/sale/client.ts';
import { type Heard, isFault, isPassing } from '../../../../load-tests/src/sale/outcome.ts';
import { ask } from '../../load/ask.ts';
import type { History } from '../../load/history.ts';
import type { KeyRecord } from '../../load/key-record.ts';
import { nameOf, type Request } from '../../load/request.ts';
import { inTurn } from './in-turn.ts';

/** What a request came to in the end. `unknown`: nobody had told within the patience. */
export interface Told extends Heard {
  /** From the first attempt to the last answer, in ms. */
  readonly tookMs: number;
}

export interface Asking {
  /** Asks by these ways in turn until it is told for good: a refusal that passes is asked again as well. Never rejects. */
  ask(request: Request, ways: readonly Client[]): Promise<Told>;
  /** What is known of the request's key by now. */
  recordOf(request: Request): KeyRecord | undefined;
  /** Answers with a 5xx that the platform did not mean, a line each. */
  readonly faults: readonly string[];
}

export interface AskingOptions {
  /** Every attempt is a line of it. */
  readonly history: Pick<History, 'heard' | 'keys'>;
  /** The history's clock. */
  readonly now: () => number;
  readonly random: () => number;
  /** When asking on is given up, in ms. */
  readonly patienceMs: number;
}

/** Asks as the honest client of a sale does, but on and on. */
export function createAsking({ history, now, random, patienceMs }: AskingOptions): Asking {
  const faults: string[] = [];
  const heard: History['heard'] = (request, told, attempt) => {
    if (isFault(told)) faults.push(`${nameOf(request)} was answered ${told.status} ${told.code ?? ''}`.trim());
    history.heard(request, told, attempt);
  };
  return {
    faults,
    recordOf: (request) => history.keys.get(nameOf(request)),
    async ask(request, ways) {
      const asker = { client: inTurn(ways), history: { heard }, now, random };
      const startMs = now();
      for (;;) {
        const told = await ask(asker, request);
        const tookMs = now() - startMs;
        if (told.outcome !== 'unknown' && !isPassing(told)) return { ...told, tookMs };
        if (tookMs > patienceMs) return { ...told, outcome: 'unknown', tookMs };
      }
    },
  };
}
