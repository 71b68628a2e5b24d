import { setTimeout as pause } from 'node:timers/promises';
import type { AuditSettings } from '../audit-options.ts';
import type { Lag } from '../outside/watch-lag.ts';
import { type Activity, messagesAhead, readActivity, sameInSchemas } from '../quiescence/activity.ts';
import { awaitRest } from '../quiescence/await-rest.ts';
import type { QuiescenceReport } from '../report/audit-report.ts';
import type { TimeOuts } from './connect.ts';
import { connectPrimary } from './connect-primary.ts';
import { openSnapshot, type Snapshot } from './open-snapshot.ts';
import { timeOutsOf } from './time-outs-of.ts';

/** A snapshot of each schema, and whether they were taken at rest: only then do they belong together. */
export interface Opened {
  readonly commerce: Snapshot;
  readonly auth?: Snapshot;
  readonly quiescence: QuiescenceReport;
  /** Why it is not known how far the consumers are, when it is not. */
  readonly lagUnknown?: string;
}

/** Runs the work with readers that are closed after it, whatever happens. */
async function withReaders<T>(
  { commerce, auth }: AuditSettings,
  timeOuts: TimeOuts,
  work: (look: () => ReturnType<typeof readActivity>) => Promise<T>,
): Promise<T> {
  const commerceReader = await connectPrimary(commerce, timeOuts);
  try {
    const authReader = auth && (await connectPrimary(auth, timeOuts));
    try {
      return await work(() => readActivity(commerceReader, authReader));
    } finally {
      await authReader?.close();
    }
  } finally {
    await commerceReader.close();
  }
}

async function openBoth(
  { commerce, auth }: AuditSettings,
  timeOuts: TimeOuts,
): Promise<Pick<Opened, 'commerce' | 'auth'>> {
  const first = await openSnapshot(commerce, timeOuts);
  if (auth === undefined) return { commerce: first };
  try {
    return { commerce: first, auth: await openSnapshot(auth, timeOuts) };
  } catch (error) {
    await first.close();
    throw error;
  }
}

/**
 * Waits for rest within its bound, then opens the snapshots and looks whether they still show what was at rest. The
 * consumers' effects are in them: a consumer says that it has caught up after its effects were committed.
 */
export async function openAtRest(settings: AuditSettings, lookAtLag: () => Promise<Lag>): Promise<Opened> {
  const timeOuts = timeOutsOf(settings);
  const now = () => performance.now();
  const { waitMs, stillMs } = settings;
  const startedAt = now();
  return withReaders(settings, timeOuts, async (lookAtSchemas) => {
    const look = async (): Promise<Activity> => ({ lag: await lookAtLag(), ...(await lookAtSchemas()) });
    const rest = await awaitRest({ look, waitMs, stillMs, now, pause: (ms) => pause(ms) });
    const snapshots = await openBoth(settings, timeOuts);
    try {
      const activity = await readActivity(snapshots.commerce, snapshots.auth);
      const { lag } = rest.activity;
      const ahead = messagesAhead(lag);
      const quiescence = {
        quiet: rest.quiet && sameInSchemas(activity, rest.activity),
        unsentEvents: activity.unsentEvents,
        ...(ahead === undefined ? {} : { unhandledMessages: ahead }),
        waitedMs: Math.round(now() - startedAt),
      };
      return { ...snapshots, quiescence, ...('unknown' in lag ? { lagUnknown: lag.unknown } : {}) };
    } catch (error) {
      await snapshots.auth?.close();
      await snapshots.commerce.close();
      throw error;
    }
  });
}
