import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { responseHeaders } from './response-headers.ts';

/**
 * How one attempt ended. `unsent`: no connection, so no byte of the request left; `unanswered`: sent, perhaps in
 * part, and no header of an answer came; `broken`: the answer had begun.
 */
export type Outcome =
  | { kind: 'answered' }
  | { kind: 'unsent' | 'unanswered' | 'broken'; error: Error }
  | { kind: 'timed-out' | 'client-gone' };

export interface Attempt {
  pool: Pool;
  request: Dispatcher.DispatchOptions;
  response: ServerResponse;
  /** Aborts when the exchange's time for the beginning of an answer is over. */
  deadline: AbortSignal;
  /** How long the client may take nothing of an answer that waits for it. */
  stallTimeoutMs: number;
}

/** Sends a request to one instance and streams its answer to the client, at the pace the client takes it. */
export function sendOnce({ pool, request, response, deadline, stallTimeoutMs }: Attempt): Promise<Outcome> {
  // A client that left while its token was checked is not announced a second time.
  if (response.destroyed) return Promise.resolve({ kind: 'client-gone' });
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let settled = false;

    function settle(outcome: Outcome): void {
      if (settled) return;
      settled = true;
      response.off('close', onClose);
      deadline.removeEventListener('abort', onDeadline);
      resolve(outcome);
    }
    function giveUp(outcome: Outcome): void {
      settle(outcome);
      controller?.abort(new Error(outcome.kind));
    }
    const onClose = () => giveUp({ kind: 'client-gone' });
    const onDeadline = () => giveUp({ kind: 'timed-out' });

    function waitForClient(paused: Dispatcher.DispatchController): void {
      paused.pause();
      const stalled = setTimeout(() => response.destroy(), stallTimeoutMs);
      const goOn = () => {
        clearTimeout(stalled);
        response.off('close', goOn).off('drain', goOn);
        paused.resume();
      };
      response.once('drain', goOn).once('close', goOn);
    }

    response.once('close', onClose);
    deadline.addEventListener('abort', onDeadline, { once: true });
    pool.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        // It may have waited for a connection longer than anybody waits for it.
        if (settled) started.abort(new Error('no longer wanted'));
      },
      onResponseStart(_controller, status, headers: IncomingHttpHeaders) {
        if (settled || status < 200) return;
        deadline.removeEventListener('abort', onDeadline);
        response.writeHead(status, responseHeaders(headers));
      },
      onResponseData(current, chunk) {
        if (!settled && !response.write(chunk)) waitForClient(current);
      },
      onResponseEnd() {
        settle({ kind: 'answered' });
        response.end();
      },
      onResponseError(_controller, error) {
        if (response.headersSent) settle({ kind: 'broken', error });
        else settle({ kind: controller === undefined ? 'unsent' : 'unanswered', error });
      },
    });
  });
}
