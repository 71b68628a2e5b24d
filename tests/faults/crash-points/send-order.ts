import { connect } from 'node:net';
import { ANSWER_ENDS, crashAnswer, type SentOrder } from './protocol.ts';

/** Nobody listens at the socket any more, or hung up over the order. */
export class ProcessGoneError extends Error {
  override readonly name = 'ProcessGoneError';

  constructor(socket: string, cause?: unknown) {
    super(`no process with crash points listens at ${socket}`, { cause });
  }
}

/** How long a process has to take an order. */
export const ANSWER_WITHIN_MS = 5_000;

/**
 * Sends an order to a process, and resolves when it has taken it.
 * @throws ProcessGoneError; Error when it refuses, or does not answer within 5 s
 */
export async function sendOrder(path: string, order: SentOrder): Promise<void> {
  const answer = crashAnswer.parse(JSON.parse(await exchange(path, JSON.stringify(order))));
  if ('refused' in answer) throw new Error(answer.refused);
}

async function exchange(path: string, sent: string): Promise<string> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  let answer = '';
  try {
    const socket = connect({ path, signal });
    socket.end(sent);
    // Not until it hangs up: one that stops at the point at once has answered, and hangs up when it wakes.
    for await (const part of socket.setEncoding('utf8')) {
      answer += part;
      if (answer.endsWith(ANSWER_ENDS)) break;
    }
  } catch (error) {
    if (signal.aborted) throw new Error(`${path}: no order was taken within ${ANSWER_WITHIN_MS} ms`, { cause: error });
    throw new ProcessGoneError(path, error);
  }
  if (answer === '') throw new ProcessGoneError(path);
  return answer;
}
