import { canonical } from './canonical.ts';
import type { LogLine } from './log-line.ts';

/** All that a client saw under one key, folded into what can be judged. */
export interface KeyStory {
  readonly userId: string;
  readonly kind: LogLine['kind'];
  readonly key: string;
  /** What was asked: of the attempt that was granted, else the last one. */
  readonly asked: unknown;
  /** The first 2xx answer. */
  readonly answer?: unknown;
  /** When it was there, in milliseconds since 1970. */
  readonly answeredAt?: number;
  /** A 2xx answer that said something else. */
  readonly contradiction?: unknown;
  /** The code of a refusal heard after a 2xx answer. */
  readonly refusedAfterAnswer?: string;
  readonly attempts: number;
  readonly refusals: number;
  readonly unknowns: number;
  /** When the last attempt was, in milliseconds since 1970. */
  readonly lastAt: number;
}

/** Refusals of an attempt while another one under the key may have its effect, or that leave open whether it had one. */
const openCodes: ReadonlySet<string> = new Set(['request-in-progress', 'outcome-unknown', 'timed-out']);

/** Says that the key belongs to another body: nothing about that one. */
const OTHER_BODY = 'idempotency-key-reused';

/** A business rule said no; other refusals (of a rate limit, a full server) may come at any time. */
const businessRefusals: ReadonlySet<number> = new Set([404, 409, 410, 422]);

function isOpen({ outcome, status = 0, code = '' }: LogLine): boolean {
  return outcome === 'unknown' || openCodes.has(code) || (outcome === 'refused' && status >= 500 && status !== 503);
}

/** One string for what an Idempotency-Key is unique in: the user and the route. */
function identityOf({ userId, kind, key }: Pick<LogLine, 'userId' | 'kind' | 'key'>): string {
  return JSON.stringify([userId, kind, key]);
}

const timeOf = ({ at }: LogLine): number => (typeof at === 'number' ? at : Date.parse(at));

function withAnswer(story: KeyStory, line: LogLine): KeyStory {
  const answeredAt = timeOf(line) + (line.latencyMs ?? 0);
  if (story.answer === undefined) return { ...story, asked: line.body, answer: line.response, answeredAt };
  if (canonical(story.answer) === canonical(line.response)) return story;
  return { ...story, contradiction: line.response };
}

function withRefusal(story: KeyStory, line: LogLine): KeyStory {
  const refused = { ...story, refusals: story.refusals + 1 };
  // Sent after the answer was there, whether `at` is an attempt's beginning or its end.
  const later = timeOf(line) - (line.latencyMs ?? 0) >= (story.answeredAt ?? Number.POSITIVE_INFINITY);
  if (!later || !businessRefusals.has(line.status ?? 0)) return refused;
  return { ...refused, refusedAfterAnswer: line.code ?? String(line.status) };
}

/** Adds a line to the story of its key. */
export function addLine(story: KeyStory | undefined, line: LogLine): KeyStory {
  const { userId, kind, key } = line;
  const before = story ?? { userId, kind, key, asked: line.body, attempts: 0, refusals: 0, unknowns: 0, lastAt: 0 };
  const counted = { ...before, attempts: before.attempts + 1, lastAt: Math.max(before.lastAt, timeOf(line)) };
  if (line.outcome === 'ok') return withAnswer(counted, line);
  if (line.code === OTHER_BODY) return counted;
  if (!isOpen(line)) return withRefusal(counted, line);
  const asked = before.answer === undefined ? line.body : before.asked;
  return { ...counted, unknowns: before.unknowns + 1, asked };
}

/** Folds the whole log; a story keeps no more than its first answer and a contradiction. */
export async function tellStories(lines: AsyncIterable<LogLine> | Iterable<LogLine>): Promise<KeyStory[]> {
  const stories = new Map<string, KeyStory>();
  for await (const line of lines) {
    const identity = identityOf(line);
    stories.set(identity, addLine(stories.get(identity), line));
  }
  return [...stories.values()];
}
