import { setTimeout as pause } from 'node:timers/promises';
import type { AuditSettings } from '../audit-options.ts';
import { readActivity, sameActivity } from '../quiescence/activity.ts';
import { awaitRest } from '../quiescence/await-rest.ts';
import type { QuiescenceReport } from '../report/audit-report.ts';
import { connect, type TimeOuts } from './connect.ts';
import { openSnapshot, type Snapshot } from './open-snapshot.ts';

/** A snapshot of each schema, and whether they were taken at rest: only then do they belong together. */
export interface Opened {
  readonly commerce: Snapshot;
  readonly auth?: Snapshot;
  readonly quiescence: QuiescenceReport;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** Runs the work with readers that are closed after it, whatever happens. */
async function withReaders<T>(
  { commerce, auth }: AuditSettings,
  timeOuts: TimeOuts,
  work: (look: () => ReturnType<typeof readActivity>) => Promise<T>,
): Promise<T> {
  const commerceReader = await connect(commerce, timeOuts);
  try {
    const authReader = auth && (await connect(auth, timeOuts));
    try {
      return await work(() => readActivity(commerceReader, authReader));
    } finally {
      await authReader?.close();
    }
  } finally {
    await commerceReader.close();
  }
}

async function openBoth({ commerce, auth }: AuditSettings, timeOuts: TimeOuts): Promise<Omit<Opened, 'quiescence'>> {
  const first = await openSnapshot(commerce, timeOuts);
  if (auth === undefined) return { commerce: first };
  try {
    return { commerce: first, auth: await openSnapshot(auth, timeOuts) };
  } catch (error) {
    await first.close();
    throw error;
  }
}

/** Waits for rest within its bound, then opens the snapshots and looks whether they still show what was at rest. */
export async function openAtRest(settings: AuditSettings): Promise<Opened> {
  const timeOuts = { connectMs: CONNECT_TIMEOUT_MS, statementMs: settings.statementTimeoutMs };
  const now = () => performance.now();
  const { waitMs, stillMs } = settings;
  const startedAt = now();
  return withReaders(settings, timeOuts, async (look) => {
    const rest = await awaitRest({ look, waitMs, stillMs, now, pause: (ms) => pause(ms) });
    const snapshots = await openBoth(settings, timeOuts);
    try {
      const activity = await readActivity(snapshots.commerce, snapshots.auth);
      const quiescence = {
        quiet: rest.quiet && sameActivity(activity, rest.activity),
        unsentEvents: activity.unsentEvents,
        waitedMs: Math.round(now() - startedAt),
      };
      return { ...snapshots, quiescence };
    } catch (error) {
      await snapshots.auth?.close();
      await snapshots.commerce.close();
      throw error;
    }
  });
}
