import { finishWithin } from './finish-within.ts';

/** Whether a service can serve, check by check: `ok`, or what is wrong. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

type Checks = Readonly<Record<string, () => Promise<void>>>;

/**
 * Asks all checks at once, each with a time limit. Those who ask meanwhile share the answer, and a check that hangs
 * is not begun again before it has ended, so that probes cannot pile up on a server in trouble.
 */
export function createReadiness(checks: Checks, limitMs: number): () => Promise<Readiness> {
  const running = new Map<string, Promise<string>>();
  let asked: Promise<Readiness> | undefined;

  const outcomeOf = (name: string, check: () => Promise<void>): Promise<string> => {
    const known = running.get(name);
    if (known !== undefined) return known;
    const outcome = runCheck(check).finally(() => running.delete(name));
    running.set(name, outcome);
    return outcome;
  };
  const ask = async (): Promise<Readiness> => {
    const outcomes = await Promise.all(
      Object.entries(checks).map(async ([name, check]): Promise<[string, string]> => {
        const outcome = await finishWithin(outcomeOf(name, check), limitMs);
        return [name, outcome.finished ? outcome.value : `no answer within ${limitMs} ms`];
      }),
    );
    return { ready: outcomes.every(([, outcome]) => outcome === 'ok'), checks: Object.fromEntries(outcomes) };
  };
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}

async function runCheck(check: () => Promise<void>): Promise<string> {
  try {
    await check();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
