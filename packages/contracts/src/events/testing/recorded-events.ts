import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';

const recordedEvents = z
  .array(z.strictObject({ type: z.string(), key: z.string(), data: z.record(z.string(), z.json()) }))
  .min(1);

export type RecordedEvent = z.infer<typeof recordedEvents>[number];

const folder = new URL('../recorded/', import.meta.url);

/** The types of which messages were recorded. */
export const recordedTypes = (): string[] => readdirSync(folder).map((file) => basename(file, '.json'));

/** Messages of the type as services have written them. */
export const recordedOf = (type: string): RecordedEvent[] =>
  recordedEvents.parse(JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8')));
