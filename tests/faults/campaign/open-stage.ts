import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServiceProcess, type StartPlatform, startPlatform } from '@onsale/local';
import { openCrashControl } from '../crash-points/open-crash-control.ts';
import { layWires } from '../injections/network/wires.ts';
import { randomOf } from './seeds.ts';
import type { Stage } from './stage.ts';

export interface OpenStage {
  /** An empty one. Its path is short: sockets are made in it. */
  readonly folder: string;
  /** How much of the seed the platform is given. */
  readonly seed: NonNullable<StartPlatform['seed']>;
  readonly say: (line: string) => void;
  /** Aborts the start. */
  readonly signal: AbortSignal;
}

export interface OpenedStage {
  /** The stage as a fault sees it that draws by this seed. */
  as(seed: string): Stage;
  stop(): Promise<void>;
}

const instances = { order: 2, point: 2 };
const pauseMs = 1_000;
/** A ranking that came back old is mended by a comparison; each minute is too seldom for a run that ends in one. */
const comparing = { bestseller: { RANKING_COMPARE_MS: '5000' } };

/** What died too often for its supervisor died by our hand: it is started again, until that works or the stage is left. */
async function startAgain(service: ServiceProcess, say: OpenStage['say'], left: AbortSignal): Promise<void> {
  say(`${service.name} was given up; starting it again`);
  while (!left.aborted && service.pid === undefined) {
    await service.restart().catch((error: unknown) => say(`${service.name}: ${error}`));
    await pause(pauseMs, undefined, { signal: left }).catch(() => undefined);
  }
}

/** Variables of several sources by service; later ones win. */
function joined(...sources: readonly NonNullable<StartPlatform['env']>[]): NonNullable<StartPlatform['env']> {
  const names = new Set(sources.flatMap((source) => Object.keys(source)));
  const ofService = (name: string) =>
    Object.fromEntries(sources.flatMap((source) => Object.entries(source[name] ?? {})));
  return Object.fromEntries([...names].map((name) => [name, ofService(name)]));
}

/** Starts a fresh platform whose services have crash points and reach everything through wires. A failed start stops it all. */
export async function openStage({ folder, seed, say, signal }: OpenStage): Promise<OpenedStage> {
  await using undo = new AsyncDisposableStack();
  const leaving = new AbortController();
  undo.defer(() => leaving.abort());
  const dataFolder = join(folder, 'platform');
  const crashPoints = openCrashControl(join(folder, 'crash'));
  const laid = await layWires();
  undo.defer(() => laid.close());
  const { env, ...ports } = laid.options;
  const platform = await startPlatform({
    ...ports,
    dataFolder,
    instances,
    seed,
    signal,
    report: say,
    serviceEnvironment: crashPoints.environment,
    env: joined(env, comparing),
    onGaveUp: (service) => void startAgain(service, say, leaving.signal),
  });
  undo.defer(() => {
    leaving.abort();
    return platform.stop();
  });
  const wires = laid.connect(platform);
  const done = undo.move();
  return {
    as: (drawnBy) => ({ platform, dataFolder, crashPoints, wires, random: randomOf(drawnBy), say }),
    stop: () => done.disposeAsync(),
  };
}
