import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@onsale/platform/database';
import { completeOrders } from './order-events.ts';

export interface SteadyOptions {
  readonly database: Database;
  readonly perSecond: number;
  readonly seconds: number;
  readonly onCommitted: () => void;
}

const perTransaction = 10;

/** Commits events at a rate, whatever becomes of them (open loop); when each was committed, on performance.now(). */
export async function completeSteadily(options: SteadyOptions): Promise<Map<string, number>> {
  const { database, perSecond, seconds, onCommitted } = options;
  const committedAt = new Map<string, number>();
  const started = performance.now();
  const inFlight: Promise<void>[] = [];
  const write = async () => {
    const ids = await completeOrders(database, perTransaction);
    const now = performance.now();
    for (const id of ids) committedAt.set(id, now);
    onCommitted();
  };
  for (let sent = 0; sent < perSecond * seconds; sent += perTransaction) {
    const due = started + (sent / perSecond) * 1_000;
    await pause(Math.max(0, due - performance.now()));
    inFlight.push(write());
  }
  await Promise.all(inFlight);
  return committedAt;
}
