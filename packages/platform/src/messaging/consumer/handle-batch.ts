import { context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { recordError, withSpan } from '../../telemetry/with-span.ts';
import type { TypedEvent } from '../event.ts';
import type { HandleContext } from './consumer-setup.ts';
import type { EventHandling } from './event-handling.ts';
import { eventSpan } from './event-span.ts';
import { type HandleEvent, handleEvent, handleInSpan, type OpenedEvent } from './handle-event.ts';
import { tryUntilDone } from './try-until-done.ts';

export type HandleBatch<D> = (events: readonly TypedEvent<D>[], context: HandleContext) => Promise<void>;

/**
 * Handles the events of one partition together; when they keep failing by their own fault, one by one, so that only
 * those at fault become dead letters. @throws when the signal aborts
 */
export async function handleBatchOf<D>(
  handling: EventHandling<D>,
  opened: readonly OpenedEvent<D>[],
  handleBatch: HandleBatch<D>,
  signal: AbortSignal,
): Promise<void> {
  const [first, ...others] = opened;
  if (first === undefined) return;
  const handleOne: HandleEvent<D> = (event, about) => handleBatch([event], about);
  if (others.length === 0) return handleEvent(handling, first, handleOne, signal);

  const held = opened.map((one) => hold(handling, one));
  try {
    if (await handledTogether(handling, held, handleBatch, signal)) return;
    for (const one of held) {
      await context.with(one.context, () => handleInSpan(handling, one, handleOne, { signal, span: one.span }));
    }
  } catch (error) {
    for (const { span } of held) recordError(span, error);
    throw error;
  } finally {
    for (const { span, endWork } of held) {
      endWork();
      span.end();
    }
  }
}

interface Held<D> extends OpenedEvent<D> {
  readonly span: Span;
  readonly context: ReturnType<typeof context.active>;
  readonly endWork: () => void;
}

function hold<D>({ group, metrics }: EventHandling<D>, opened: OpenedEvent<D>): Held<D> {
  const { topic } = opened.incoming;
  const { name, parent, ...options } = eventSpan(opened.incoming, { group, eventId: opened.event.id });
  const span = trace.getTracer('onsale').startSpan(name, options, parent);
  return {
    ...opened,
    span,
    context: trace.setSpan(parent, span),
    endWork: metrics.oldest.begin({ topic, group }, opened.event),
  };
}

/** Handles them in a span of their own, which theirs and it name each other by; answers whether they are handled. */
async function handledTogether<D>(
  { group, metrics, log, tries }: EventHandling<D>,
  held: readonly Held<D>[],
  handleBatch: HandleBatch<D>,
  signal: AbortSignal,
): Promise<boolean> {
  const events = held.map(({ event }) => event);
  const stopTimers = held.map(({ incoming: { topic } }) => metrics.duration.startTimer({ topic, group }));
  const setup = {
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.batch.message_count': events.length, 'messaging.consumer.group.name': group },
    links: held.map(({ span }) => ({ context: span.spanContext() })),
  };
  const ending = await withSpan('consume batch', setup, (batchSpan) => {
    for (const { span } of held) span.addLink({ context: batchSpan.spanContext() });
    return tryUntilDone((attempt) => handleBatch(events, { signal: attempt }), {
      ...tries,
      signal,
      onFailure: (error, failures) => {
        for (const { incoming } of held) metrics.messages.inc({ topic: incoming.topic, group, outcome: 'failed' });
        log.warn({ err: error, failures, events: events.length, group }, 'a batch of events was not handled');
      },
      giveUp: async (error, attempts) => {
        recordError(batchSpan, error);
        log.warn({ err: error, attempts, events: events.length, group }, 'a batch is tried event by event');
      },
    });
  });
  if (ending === 'given-up') return false;
  for (const stopTimer of stopTimers) stopTimer();
  for (const { incoming } of held) metrics.messages.inc({ topic: incoming.topic, group, outcome: 'handled' });
  return true;
}
