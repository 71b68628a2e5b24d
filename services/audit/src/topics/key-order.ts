import { whereIs } from './place.ts';
import type { Told } from './told-events.ts';

/**
 * Makes a judge of events shown to it in the order of the outbox: whether one came into its topic before an earlier one
 * of its key did.
 */
export function keyOrder(): (key: string, told: Pick<Told, 'topic' | 'place'>) => boolean {
  const latest = new Map<string, Map<string, number>>();
  return (key, { topic, place }) => {
    const places = latest.get(topic) ?? new Map<string, number>();
    latest.set(topic, places);
    const before = places.get(key);
    // Partitions that were added since move keys: between two partitions there is no order.
    const overtook = before !== undefined && before > place && whereIs(before).partition === whereIs(place).partition;
    if (!overtook) places.set(key, place);
    return overtook;
  };
}
