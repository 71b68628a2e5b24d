import { eventKinds } from './events/event-kinds.ts';

/** Every topic there is; brokers make none by themselves. */
export const topics: readonly string[] = [...new Set(eventKinds.map(({ topic }) => topic))];
