import { z } from 'zod';
import { logLine } from '../sale/log-line.ts';

const count = z.int().nonnegative();

/** The script cannot go on; one line for the person at the terminal. */
const problem = z.object({ told: z.literal('problem'), message: z.string() });

const scarce = z.object({ told: z.literal('scarce'), productId: z.string() });

/** One attempt of a buyer, numbered from 0 within its player, so that a hole in the log is seen. */
const attempt = z.object({
  told: z.literal('attempt'),
  player: count,
  number: count,
  line: logLine,
  retryAfterMs: z.exactOptional(z.number()),
  /** How long after its time it was sent. */
  lateMs: z.number(),
});

/** A player has played all of its steps. */
const played = z.object({
  told: z.literal('played'),
  player: count,
  attempts: count,
  unresolved: count,
  durationMs: z.number(),
});

/** What is left of the scarce product. */
const stock = z.object({ told: z.literal('stock'), left: z.int() });

/** A request that should not have failed. */
const failed = z.object({
  told: z.literal('failed'),
  player: count,
  number: count,
  kind: z.string(),
  method: z.string(),
  path: z.string(),
  /** When it was sent, since the load began. */
  sentMs: z.number(),
  tookMs: z.number(),
});

/** The end of a load of single requests; times in ms. */
const summary = z.object({
  told: z.literal('summary'),
  requests: count,
  failed: count,
  refused: count,
  /** Arrivals that no player was free for. */
  notSent: count,
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  levels: z.array(z.object({ players: count, answered: count, failed: count, seconds: z.number() })),
});

/** What a script in k6 tells of itself, one JSON object a line; whatever else is in its log is k6's own. */
export const told = z.discriminatedUnion('told', [problem, scarce, attempt, played, stock, failed, summary]);

export type Told = z.infer<typeof told>;
export type ToldAttempt = z.infer<typeof attempt>;
export type ToldFailure = z.infer<typeof failed>;
export type ToldSummary = z.infer<typeof summary>;
