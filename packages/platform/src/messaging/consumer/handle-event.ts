import type { Span } from '@opentelemetry/api';
import { recordError, withSpan } from '../../telemetry/with-span.ts';
import type { TypedEvent } from '../event.ts';
import type { HandleContext } from './consumer-setup.ts';
import { type EventHandling, placeOf } from './event-handling.ts';
import { eventSpan } from './event-span.ts';
import { type Incoming, openIncoming } from './incoming.ts';
import { tryUntilDone } from './try-until-done.ts';

export type HandleEvent<D> = (event: TypedEvent<D>, context: HandleContext) => Promise<void>;

/** A message that turned out to be an event of this group's. */
export interface OpenedEvent<D> {
  readonly incoming: Incoming;
  readonly event: TypedEvent<D>;
}

/**
 * The event in a message; undefined when there is none for this group. What cannot be read is a dead letter then.
 * @throws when the signal aborts
 */
export async function openEvent<D>(
  handling: EventHandling<D>,
  incoming: Incoming,
  signal: AbortSignal,
): Promise<OpenedEvent<D> | undefined> {
  const { group, metrics, tries } = handling;
  const opened = openIncoming(incoming, handling);
  if (opened.kind === 'event') return { incoming, event: opened.event };
  if (opened.kind === 'not-ours') {
    metrics.messages.inc({ topic: incoming.topic, group, outcome: 'not-ours' });
    return undefined;
  }
  await tryUntilDone(() => handling.bury(incoming, opened.error, 1), {
    ...tries,
    // Until it is written there is nowhere else for it to go.
    attempts: Number.POSITIVE_INFINITY,
    signal,
    onFailure: () => undefined,
    giveUp: async () => undefined,
  });
  return undefined;
}

/** Handles an event, inside its own span, until it is handled or a dead letter. @throws when the signal aborts */
export function handleEvent<D>(
  handling: EventHandling<D>,
  opened: OpenedEvent<D>,
  handle: HandleEvent<D>,
  signal: AbortSignal,
): Promise<void> {
  const { name, ...span } = eventSpan(opened.incoming, { group: handling.group, eventId: opened.event.id });
  return withSpan(name, span, (own) => handleInSpan(handling, opened, handle, { signal, span: own }));
}

/** As handleEvent, inside a span that is there already. */
export async function handleInSpan<D>(
  { group, metrics, log, tries, bury }: EventHandling<D>,
  { incoming, event }: OpenedEvent<D>,
  handle: HandleEvent<D>,
  { signal, span }: { readonly signal: AbortSignal; readonly span: Span },
): Promise<void> {
  const { topic } = incoming;
  const stopTimer = metrics.duration.startTimer({ topic, group });
  const endWork = metrics.oldest.begin({ topic, group }, event);
  try {
    const ending = await tryUntilDone((attempt) => handle(event, { signal: attempt }), {
      ...tries,
      signal,
      onFailure: (error, failures) => {
        metrics.messages.inc({ topic, group, outcome: 'failed' });
        log.warn({ err: error, failures, eventId: event.id, group, ...placeOf(incoming) }, 'an event was not handled');
      },
      giveUp: async (error, attempts) => {
        await bury(incoming, error, attempts);
        recordError(span, error);
      },
    });
    stopTimer();
    if (ending === 'done') metrics.messages.inc({ topic, group, outcome: 'handled' });
  } finally {
    endWork();
  }
}
