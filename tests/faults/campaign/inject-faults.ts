import { setTimeout as pause } from 'node:timers/promises';
import type { Evidence, Fault } from './fault.ts';
import type { PlannedFault } from './plan.ts';

/** A fault with its stage: what it draws comes from the seed. */
export interface StagedFault extends Omit<Fault, 'inject'> {
  inject(seed: string, signal: AbortSignal): Promise<Evidence>;
}

/** What became of a planned fault. */
export interface Injected {
  readonly name: string;
  /** When it began and when all was whole again, on the clock of `now`. */
  readonly startMs: number;
  readonly endMs: number;
  /** Of the last try. */
  readonly evidence: Evidence;
}

export interface InjectFaults {
  readonly planned: readonly PlannedFault[];
  readonly faults: readonly StagedFault[];
  readonly now: () => number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A fault may find what it wanted to break already down, or wait in vain for a step that nobody took: then again. */
const tries = 3;
/** Beyond its own bound: something is wrong with the fault, not with the platform. */
const graceMs = 30_000;

const atOdds = (one: StagedFault, other: StagedFault): boolean =>
  one.touches === undefined || other.touches === undefined || one.touches.some((name) => other.touches?.includes(name));

async function within<T>(what: string, ms: number, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = pause(ms, undefined, { signal: done.signal }).then(() => {
    throw new Error(`${what} did not end within ${ms} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    done.abort();
  }
}

async function injectOne(fault: StagedFault, planned: PlannedFault, options: InjectFaults): Promise<Injected> {
  const { now, say, signal } = options;
  const startMs = now();
  for (let attempt = 1; ; attempt++) {
    say(`${fault.name} …`);
    const seed = attempt === 1 ? planned.seed : `${planned.seed} again`;
    const evidence = await within(fault.name, fault.takesMs + graceMs, fault.inject(seed, signal));
    const endMs = now();
    const took = `${((endMs - startMs) / 1000).toFixed(1)} s`;
    say(`${fault.name}: ${evidence.happened ? '' : 'did not happen: '}${evidence.what} (${took})`);
    if (evidence.happened || attempt === tries || signal.aborted) {
      return { name: fault.name, startMs, endMs, evidence };
    }
  }
}

/**
 * Injects each planned fault when its time has come and no other is on that it is at odds with; resolves when all is healed.
 * @throws Error when a fault is unknown, or fails to heal in its time
 */
export async function injectFaults(options: InjectFaults): Promise<Injected[]> {
  const { planned, faults, now, signal } = options;
  const startMs = now();
  const running = new Map<StagedFault, Promise<Injected>>();
  const injected: Promise<Injected>[] = [];
  for (const plan of planned) {
    const fault = faults.find(({ name }) => name === plan.name);
    if (fault === undefined) throw new Error(`there is no fault ${plan.name}`);
    await pause(Math.max(0, startMs + plan.atMs - now()), undefined, { signal }).catch(() => undefined);
    const inTheWay = () => [...running].filter(([other]) => atOdds(fault, other)).map(([, ending]) => ending);
    for (let ending = inTheWay(); ending.length > 0; ending = inTheWay()) await Promise.all(ending);
    if (signal.aborted) break;
    const ending = injectOne(fault, plan, options);
    running.set(fault, ending);
    injected.push(ending);
    // A failure is told by the last line.
    ending.then(
      () => running.delete(fault),
      () => running.delete(fault),
    );
  }
  return Promise.all(injected);
}
