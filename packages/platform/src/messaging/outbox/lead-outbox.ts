import type { DedicatedConnection } from '../../database/dedicated-connection.ts';
import type { Logger } from '../../telemetry/create-logger.ts';
import { withSpan } from '../../telemetry/with-span.ts';
import type { WakeUp } from '../wake-up.ts';
import type { EventSender } from './event-sender.ts';
import { markSent, nextUnsent, type OutboxRow, unsentBacklog } from './outbox-rows.ts';
import type { RelayMetrics } from './relay-metrics.ts';

export interface LeaderOptions {
  /** The connection that holds the leader's lock: once it is lost, nothing can be claimed or marked through it. */
  readonly connection: DedicatedConnection;
  readonly sender: EventSender;
  readonly wakeUp: WakeUp;
  readonly metrics: RelayMetrics;
  readonly log: Logger;
  readonly random: () => number;
}

const idleMs = 100;
const measureEveryMs = 5000;
const longestPauseMs = 5000;

/** Sends what waits in the outbox until the signal aborts. @throws when the connection, and so the lead, is lost */
export async function leadOutbox(options: LeaderOptions, signal: AbortSignal): Promise<void> {
  const { connection, wakeUp, metrics, log, random } = options;
  let failures = 0;
  let measuredAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    if (performance.now() - measuredAt >= measureEveryMs) {
      measuredAt = performance.now();
      const backlog = await unsentBacklog(connection);
      metrics.unsent.set(backlog.count);
      metrics.oldestUnsent.set(backlog.oldestSeconds);
    }
    const rows = await nextUnsent(connection);
    if (rows.length === 0) {
      await wakeUp.wait(idleMs, signal);
      continue;
    }
    const failure = await relay(options, rows);
    if (failure === undefined) {
      failures = 0;
      continue;
    }
    failures += 1;
    metrics.failures.inc();
    log.warn({ err: failure, failures, events: rows.length }, 'events could not be sent; trying again');
    await wakeUp.wait(Math.min(longestPauseMs, 100 * 2 ** failures) * (0.5 + random() / 2), signal);
  }
}

/** Sends the rows and marks them; answers why Kafka did not take them, if so. @throws what MySQL throws */
async function relay(options: LeaderOptions, rows: readonly OutboxRow[]): Promise<unknown> {
  return withSpan('outbox relay', { 'outbox.events': rows.length }, async () => {
    try {
      await options.sender.send(rows);
    } catch (error) {
      return error;
    }
    // Counted before they are marked: a mark whose answer is lost may stand, and nobody would send them again.
    for (const { topic } of rows) options.metrics.sent.inc({ topic });
    await markSent(options.connection, rows);
    return undefined;
  });
}
