import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Instance } from '../upstreams/instance.ts';
import { responseHeaders } from './response-headers.ts';

/**
 * How one attempt ended. `unsent`: no connection, so no byte of the request left; `crowded`: nor here, since no
 * connection was free in time; `unanswered`: sent, perhaps in part, and no header of an answer came; `broken`: the
 * answer had begun.
 */
export type Outcome =
  | { kind: 'answered' }
  | { kind: 'unsent' | 'unanswered' | 'broken'; error: Error }
  | { kind: 'crowded' | 'timed-out' | 'client-gone' };

export interface Attempt {
  instance: Instance;
  request: Dispatcher.DispatchOptions;
  response: ServerResponse;
  /** Aborts when the exchange's time for the beginning of an answer is over. */
  deadline: AbortSignal;
  /** How long it may wait for a connection that others are using. */
  queueTimeoutMs: number;
  /** How long the client may take nothing of an answer that waits for it. */
  stallTimeoutMs: number;
  /** Told when an answer begins. */
  onAnswer(): void;
}

/** Those who gave up wait on in the pool's queue, until a connection is free for a moment: so it needs a bound of its own. */
const LONGEST_QUEUE = 4_096;

/** Sends a request to one instance and streams its answer to the client, at the pace the client takes it. */
export function sendOnce(attempt: Attempt): Promise<Outcome> {
  const { instance, request, response, deadline, queueTimeoutMs, stallTimeoutMs, onAnswer } = attempt;
  // A client that left while its token was checked is not announced a second time.
  if (response.destroyed) return Promise.resolve({ kind: 'client-gone' });
  if (instance.queued >= LONGEST_QUEUE) return Promise.resolve({ kind: 'crowded' });
  return new Promise((resolve) => {
    let queued = true;
    let controller: Dispatcher.DispatchController | undefined;
    let settled = false;

    function settle(outcome: Outcome): void {
      if (settled) return;
      settled = true;
      clearTimeout(waiting);
      response.off('close', onClose);
      deadline.removeEventListener('abort', onDeadline);
      resolve(outcome);
    }
    function giveUp(outcome: Outcome): void {
      settle(outcome);
      controller?.abort(new Error(outcome.kind));
    }
    const onClose = () => giveUp({ kind: 'client-gone' });
    const onDeadline = () => giveUp({ kind: queued ? 'crowded' : 'timed-out' });
    const waiting = setTimeout(() => giveUp({ kind: 'crowded' }), queueTimeoutMs);
    instance.queued += 1;
    const leaveQueue = () => {
      clearTimeout(waiting);
      if (queued) instance.queued -= 1;
      queued = false;
    };

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
    instance.pool.dispatch(request, {
      onRequestStart(started) {
        leaveQueue();
        controller = started;
        // It may have waited for a connection longer than anybody waits for it.
        if (settled) started.abort(new Error('no longer wanted'));
      },
      onResponseStart(_controller, status, headers: IncomingHttpHeaders) {
        if (settled || status < 200) return;
        deadline.removeEventListener('abort', onDeadline);
        onAnswer();
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
        leaveQueue();
        if (response.headersSent) settle({ kind: 'broken', error });
        else settle({ kind: controller === undefined ? 'unsent' : 'unanswered', error });
      },
    });
  });
}
