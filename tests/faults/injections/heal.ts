import { waitUntil } from '@onsale/local-servers/processes';

const withinMs = 60_000;
// A heal goes on after the run was told to end: what is broken would stay broken.
const never = new AbortController().signal;

/** Tries until it succeeds. @throws Error whose cause is the last failure, when it has not in a minute */
export const untilHealed = (what: string, attempt: () => Promise<void>): Promise<void> =>
  waitUntil(what, attempt, { timeoutMs: withinMs, everyMs: 100, signal: never });

/** Starts a process again, as often as it takes: what it stands on may be broken just now. */
export const bringBack = (target: { readonly name: string; restart(): Promise<void> }): Promise<void> =>
  untilHealed(target.name, () => target.restart());
