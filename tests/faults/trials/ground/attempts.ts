import type { Attempt } from '../../../../load-tests/src/sale/ask-until-told.ts';
import type { Heard } from '../../../../load-tests/src/sale/outcome.ts';
import type { Request } from '../../load/request.ts';

/** One attempt and its answer, as trials count them. Times are on the clock of the run. */
export interface Heeded extends Pick<Heard, 'outcome' | 'status' | 'code' | 'retryAfterMs'> {
  readonly request: Request;
  readonly sentMs: number;
  readonly doneMs: number;
  /** The client hung up by itself: that it had no answer says nothing. */
  readonly hungUp: boolean;
}

export function heed(request: Request, heard: Heard, { number, sentMs, doneMs }: Attempt): Heeded {
  const { outcome, status, code, retryAfterMs } = heard;
  return {
    request,
    sentMs,
    doneMs,
    hungUp: number === 1 && request.ask.hangUpAfterMs !== undefined,
    outcome,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
