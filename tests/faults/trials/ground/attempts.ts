import type { Attempt } from '../../../../load-tests/src/sale/ask-until-told.ts';
import type { Heard } from '../../../../load-tests/src/sale/outcome.ts';
import { hungUp, type Request } from '../../load/request.ts';

/** One attempt and its answer, as trials count them. Times are on the clock of the run. */
export interface Heeded extends Pick<Heard, 'outcome' | 'status' | 'code' | 'retryAfterMs'> {
  readonly request: Request;
  readonly sentMs: number;
  readonly doneMs: number;
  /** The client hung up by itself: that it had no answer says nothing. */
  readonly hungUp: boolean;
}

export function heed(request: Request, heard: Heard, attempt: Attempt): Heeded {
  const { sentMs, doneMs } = attempt;
  const { outcome, status, code, retryAfterMs } = heard;
  return {
    request,
    sentMs,
    doneMs,
    hungUp: hungUp(request, attempt),
    outcome,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
