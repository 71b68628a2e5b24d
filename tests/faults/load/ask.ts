import { type Attempt, askUntilTold } from '../../../load-tests/src/sale/ask-until-told.ts';
import type { Client } from '../../../load-tests/src/sale/client.ts';
import type { Heard } from '../../../load-tests/src/sale/outcome.ts';
import type { History } from './history.ts';
import type { Request } from './request.ts';

/** What asking needs. */
export interface Asker {
  readonly client: Client;
  readonly history: Pick<History, 'heard'>;
  /** Milliseconds of a clock that only goes forward; the history's. */
  readonly now: () => number;
  /** Of the pauses between attempts. */
  readonly random: () => number;
  /** Aborted when nobody may ask any more. */
  readonly ending?: AbortSignal;
}

/** Asks under the request's key until told, a bounded number of times; every attempt goes into the history. */
export function ask({ client, history, now, random, ending }: Asker, request: Request, dueMs = now()): Promise<Heard> {
  const heard = (told: Heard, attempt: Attempt) => history.heard(request, told, attempt);
  return askUntilTold({
    client,
    ask: request.ask,
    dueMs,
    now,
    random,
    heard,
    ...(ending && { over: () => ending.aborted }),
  });
}
