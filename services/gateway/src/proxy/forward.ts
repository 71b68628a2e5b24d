import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '@onsale/platform/http';
import { type Dispatcher, errors } from 'undici';
import type { Instance } from '../upstreams/instance.ts';
import { pickInstance } from '../upstreams/pick-instance.ts';
import { crowded, invalidRequest, serviceUnavailable, upstreamFailed, upstreamTimedOut } from './proxy-problems.ts';
import { type Outcome, sendOnce } from './send-once.ts';

export interface ForwardOptions {
  service: string;
  instances: readonly Instance[];
  random: () => number;
  /** How long it may take, over all attempts, until an answer begins. */
  answerTimeoutMs: number;
  /** How long it may wait for a connection that others are using. */
  queueTimeoutMs: number;
  stallTimeoutMs: number;
  /** In how many seconds one should come again for whom no connection was free. */
  returnSeconds(): number;
  /** Told when an answer begins. */
  onAnswer(): void;
  /** Called for every attempt, since a body can be read by one only. */
  request(): Dispatcher.DispatchOptions;
  /** Told how each attempt ended. */
  onOutcome(outcome: Outcome['kind']): void;
}

const SAFE_METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

/**
 * Before an address is tried again that balances by itself, half of it random: the balancer may have chosen an instance
 * that has just left, and soon knows.
 */
const PAUSES_MS: readonly number[] = [50, 200];

async function attempt(instance: Instance, response: ServerResponse, deadline: AbortSignal, options: ForwardOptions) {
  const { queueTimeoutMs, stallTimeoutMs, request, onAnswer, onOutcome } = options;
  instance.inFlight += 1;
  try {
    const outcome = await sendOnce({
      instance,
      request: request(),
      response,
      deadline,
      queueTimeoutMs,
      stallTimeoutMs,
      onAnswer,
    });
    onOutcome(outcome.kind);
    return outcome;
  } finally {
    instance.inFlight -= 1;
  }
}

/** Tries instances until one answers, none is left, or trying again could do a thing twice. */
async function tryInstances(
  incoming: IncomingMessage,
  response: ServerResponse,
  deadline: AbortSignal,
  options: ForwardOptions,
): Promise<void> {
  const { service, instances, random, returnSeconds } = options;
  const tried = new Set<Instance>();
  let repeats = SAFE_METHODS.has(incoming.method) ? 1 : 0;
  const pauses = [...PAUSES_MS];
  for (;;) {
    const instance = pickInstance(instances, tried, random);
    if (instance === undefined) throw serviceUnavailable(service);
    tried.add(instance);
    const outcome = await attempt(instance, response, deadline, options);
    switch (outcome.kind) {
      case 'answered':
      case 'client-gone':
        return;
      case 'broken':
        // The answer has begun: only a connection cut short tells the client that it has no end.
        response.destroy();
        return;
      case 'crowded':
        throw crowded(service, returnSeconds());
      case 'timed-out':
        throw upstreamTimedOut(service);
      case 'unsent':
        if (outcome.error instanceof errors.InvalidArgumentError) throw invalidRequest();
        if (instance.health !== undefined) {
          instance.up = false;
          break;
        }
        if (!(await rest(pauses.shift(), deadline, random))) throw serviceUnavailable(service);
        tried.delete(instance);
        break;
      case 'unanswered':
        if (outcome.error instanceof ProblemError) throw outcome.error;
        if (repeats === 0) throw upstreamFailed(service);
        repeats -= 1;
        // The only instance may have closed an idle connection just as the request went out.
        if (pickInstance(instances, tried, random) === undefined) tried.delete(instance);
    }
  }
}

/** Answers whether there was a pause to make, and there is time left after it. */
async function rest(ms: number | undefined, deadline: AbortSignal, random: () => number): Promise<boolean> {
  if (ms === undefined) return false;
  await pause(ms * (0.5 + random() / 2), undefined, { signal: deadline }).catch(() => undefined);
  return !deadline.aborted;
}

/**
 * Has a service answer a request, streaming both ways. A request of which nothing was sent goes to another instance, or
 * up to three times to an address that balances by itself; GET and HEAD are tried once more when no answer began;
 * anything else is never sent twice.
 *
 * @throws DomainError 'service-unavailable', 'overloaded'; ProblemError 'upstream-failed', 'upstream-timed-out', 'body-too-large'
 */
export async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: ForwardOptions,
): Promise<void> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.answerTimeoutMs);
  try {
    await tryInstances(incoming, response, deadline.signal, options);
  } finally {
    clearTimeout(timer);
  }
}
