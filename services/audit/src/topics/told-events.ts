import type { StoredMessage } from '@onsale/platform/messaging';
import type { BrokenList } from '../checks/broken-list.ts';
import { digestOf } from '../checks/digest-of.ts';
import { placeOf } from './place.ts';

/** An event's first message. */
export interface Told {
  readonly topic: string;
  /** Partition and offset. */
  readonly place: number;
  readonly digest: number;
  /** Young enough for its row not to have been purged. */
  readonly recent: boolean;
}

export interface ToldEvents {
  readonly byId: Map<string, Told>;
  /** Messages in all. */
  readonly messages: number;
  /** Messages that told an event again. */
  readonly repeats: number;
  add(message: StoredMessage): void;
}

/** What has to be the same in a message and in its event's row. */
export const contentsDigest = (topic: string, key: string | null, type: string | undefined, data: unknown): number =>
  digestOf([topic, key, type, data]);

function parsed(value: string | null): { readonly data: unknown } | undefined {
  try {
    return { data: JSON.parse(value ?? '') };
  } catch {
    return undefined;
  }
}

/** Folds the messages of the topics into one digest an event; messages that are wrong in themselves go to `broken`. */
export function toldEvents(broken: BrokenList, eventsSince: Date): ToldEvents {
  const byId = new Map<string, Told>();
  let messages = 0;
  let repeats = 0;
  return {
    byId,
    get messages() {
      return messages;
    },
    get repeats() {
      return repeats;
    },
    add({ topic, partition, offset, key, value, headers, timestamp }) {
      messages += 1;
      const { ce_id: id, ce_type: type, ce_time: time = '' } = headers;
      const place = { topic, partition, offset };
      const event = parsed(value);
      if (id === undefined || event === undefined || Number.isNaN(Date.parse(time))) {
        broken.add('a message is no event', { ...place, key, eventId: id });
        return;
      }
      const digest = contentsDigest(topic, key, type, event.data);
      const first = byId.get(id);
      if (first === undefined) {
        // An event that was sent late, or was sent anew from the dead letters, is as old as its older time.
        const recent = Math.min(Date.parse(time), timestamp.getTime()) >= eventsSince.getTime();
        byId.set(id, { topic, place: placeOf(partition, offset), digest, recent });
        return;
      }
      repeats += 1;
      if (first.digest !== digest) {
        broken.add('an event was told again with another key, type or data', { ...place, key, eventId: id });
      }
    },
  };
}
