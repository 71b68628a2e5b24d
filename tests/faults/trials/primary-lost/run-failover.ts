import { finish, startCommand } from '../../../support/run-command.ts';

export interface FailoverRun {
  readonly code: number | null;
  /** Its last line, which says what came of it. */
  readonly said: string;
  readonly tookMs: number;
}

const withinMs = 120_000;

/** Runs the operators' command on the platform of this data folder. @throws Error with its output when it does not end */
export async function runFailover(dataFolder: string, args: readonly string[]): Promise<FailoverRun> {
  const begunMs = performance.now();
  const command = startCommand('operations/src/failover.ts', args, { ONSALE_DATA_FOLDER: dataFolder });
  const { code, output } = await finish(command, withinMs);
  return { code, said: output.trimEnd().split('\n').at(-1) ?? '', tookMs: performance.now() - begunMs };
}
