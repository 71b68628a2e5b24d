import { z } from 'zod';

/** What is sent to a process: arm this, or nothing any more. JSON each way. */
export const crashOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('arm'),
    orderId: z.string(),
    point: z.string(),
    action: z.enum(['kill', 'stop']),
    after: z.int().positive(),
    firstOf: z.uuid().optional(),
    /** In ms since 1970: one that was asleep until after that must not take it, for nobody waits any more. */
    takeBy: z.number(),
  }),
  z.object({ kind: z.literal('disarm') }),
]);

export type SentOrder = z.output<typeof crashOrder>;

/** What the process says to it. */
export const crashAnswer = z.union([z.object({ taken: z.literal(true) }), z.object({ refused: z.string() })]);

export type CrashAnswer = z.output<typeof crashAnswer>;

/** What stands behind an answer. */
export const ANSWER_ENDS = '\n';

/** What a process writes down before it acts. */
export const reachedLine = z.object({
  orderId: z.string(),
  point: z.string(),
  action: z.enum(['kill', 'stop']),
  pid: z.int(),
  at: z.number(),
  detail: z.string(),
});

export type ReachedLine = z.output<typeof reachedLine>;

/** Where a process listens for orders. */
export const socketOf = (folder: string, pid: number): string => `${folder}/${pid}`;

/** What the first of those armed with this word makes. */
export const firstFileOf = (folder: string, word: string): string => `${folder}/first-${word}`;

/** Where all of them write what they reached. */
export const reachedFileOf = (folder: string): string => `${folder}/reached.jsonl`;

/** The variable that tells a service the folder. */
export const FOLDER_VARIABLE = 'CRASH_POINTS_FOLDER';
