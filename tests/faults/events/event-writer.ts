import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import { countedTopic } from './counting-service.ts';

/** What was written to the outbox by transactions of which some commit late and some roll back. */
export interface Written {
  /** Committed events by key, in the order of their commits. */
  readonly committed: ReadonlyMap<string, readonly string[]>;
  readonly rolledBack: ReadonlySet<string>;
  /** Transactions all of whose rows had lower ids than some that another had committed before. */
  readonly late: number;
}

export interface EventWriter {
  /** How many events are committed so far. */
  count(): number;
  /** Lets the writers end as soon as so many events are committed, without pausing between transactions. */
  finish(atLeast: number): Promise<Written>;
  /** Ends the writers after the transactions they are in; for the end of a test that failed. */
  stop(): Promise<void>;
}

const writers = 4;
const keysPerWriter = 125;
const perTransaction = 250;
const rollBackEvery = 7;
const holdEvery = 5;

const rolledBackHere = new Error('to be rolled back');

/** Writes events of 500 keys, each numbered by its key, at about a thousand a second, until it is told to finish. */
export function startWriting(database: Database): EventWriter {
  const committed = new Map<string, string[]>();
  const rolledBack = new Set<string>();
  const stopping = new AbortController();
  let count = 0;
  let late = 0;
  let highest = 0;
  let target = Number.POSITIVE_INFINITY;

  // A key belongs to one writer, as a locked aggregate does: so its events are committed in the order of their numbers.
  const write = async (writer: number) => {
    for (let round = 1; count < target && !stopping.signal.aborted; round += 1) {
      const events = Array.from({ length: perTransaction }, (_, index) => {
        const key = `${writer}-${index % keysPerWriter}`;
        const n = (committed.get(key)?.length ?? 0) + Math.floor(index / keysPerWriter);
        const about = { type: 'thing-counted', source: 'tests', topic: countedTopic, time: new Date() };
        return { id: randomUUID(), key, data: { n }, ...about };
      });
      const done = database.transaction('write', async (tx) => {
        await writeOutbox(tx, events);
        if ((round + writer) % rollBackEvery === 0) throw rolledBackHere;
        if ((round + writer) % holdEvery === 0) await pause(300);
        const [last] = await tx.rows<{ id: number }>('SELECT MAX(id) AS id FROM outbox WHERE event_id IN (:ids)', {
          ids: events.map(({ id }) => id),
        });
        return Number(last?.id);
      });
      try {
        const { value: lastId } = await done;
        if (lastId < highest) late += 1;
        highest = Math.max(highest, lastId);
      } catch (error) {
        if (error !== rolledBackHere) throw error;
        for (const { id } of events) rolledBack.add(id);
        continue;
      }
      count += events.length;
      for (const { id, key } of events) {
        const ids = committed.get(key) ?? [];
        committed.set(key, ids);
        ids.push(id);
      }
      if (count < target) await pause(target === Number.POSITIVE_INFINITY ? 900 : 0);
    }
  };

  const working = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  working.catch(() => undefined);
  return {
    count: () => count,
    async finish(atLeast) {
      target = atLeast;
      await working;
      return { committed, rolledBack, late };
    },
    async stop() {
      stopping.abort();
      await working.catch(() => undefined);
    },
  };
}
