import { oneLine } from '../command-line/plain-text.ts';

/** One thing that must hold, in words, and how it is tried: it rejects when it does not. */
export interface SmokeCheck {
  readonly promise: string;
  run(): Promise<void>;
}

/**
 * Runs the checks one after the other, one line each; after one of a sequence has failed the rest of it is not tried.
 * Gives how many failed.
 */
export async function runChecks(
  sequences: readonly (readonly SmokeCheck[])[],
  print: (line: string) => void,
): Promise<number> {
  let failed = 0;
  for (const checks of sequences) {
    let broken = false;
    for (const { promise, run } of checks) {
      if (broken) {
        print(`left out  ${promise}`);
        continue;
      }
      const startedAt = performance.now();
      const problem = await run().then(
        () => undefined,
        (error: unknown) => causeOf(error),
      );
      const took = `${Math.round(performance.now() - startedAt)} ms`;
      print(problem === undefined ? `ok        ${promise} (${took})` : `FAILED    ${promise} (${took}): ${problem}`);
      if (problem !== undefined) {
        failed += 1;
        broken = true;
      }
    }
  }
  return failed;
}

/** What fetch says is only that it failed; why stands in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  const cause = error.cause instanceof Error ? `: ${error.cause.message || Reflect.get(error.cause, 'code')}` : '';
  return oneLine(`${error.message}${cause}`);
}
