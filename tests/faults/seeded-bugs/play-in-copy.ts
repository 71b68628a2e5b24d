import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HuntOptions } from './read-options.ts';

/** A run that takes longer has got stuck. */
const timeoutMs = 900_000;

const reported = z.tuple([
  z.object({
    verdict: z.enum(['passed', 'violated', 'unproven', 'failed']),
    violations: z.array(z.string()).default([]),
  }),
]);

/** How a run ended: with which broken promises, if any. */
export type Played = Readonly<z.infer<typeof reported>[0]>;

export interface PlayInCopy {
  /** The checkout whose campaign plays. */
  readonly copy: string;
  /** Which of the campaign's runs. */
  readonly run: number;
  /** Names of the faults to choose from; all of them when absent. */
  readonly faults?: string | undefined;
  /** For what the run leaves. Its path is short: sockets are made in it. */
  readonly scratch: string;
  readonly options: Pick<HuntOptions, 'seed' | 'seconds' | 'rate' | 'keep'>;
  readonly signal: AbortSignal;
}

/**
 * Plays one run of the campaign in a copy of the checkout, as its command does.
 * @throws Error when it ended without saying how the run did
 */
export async function playInCopy({ copy, run, faults, scratch, options, signal }: PlayInCopy): Promise<Played> {
  const { seed, seconds, rate, keep } = options;
  const report = join(scratch, `run-${run}.json`);
  const load = ['--seconds', String(seconds), '--rate', String(rate)];
  const chosen = faults === undefined ? [] : ['--only', faults];
  const args = ['--seed', `${seed}-${run}`, ...load, ...chosen, '--report', report, ...(keep ? ['--keep'] : [])];
  const child = spawn('sh', ['scripts/run.sh', 'tests/faults/main.ts', ...args], {
    // What is named is looked for here first.
    cwd: copy,
    env: { ...process.env, TMPDIR: scratch },
    stdio: 'inherit',
  });
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  // It heals and stops what it has started, and then ends.
  const end = () => child.kill('SIGTERM');
  ending.addEventListener('abort', end, { once: true });
  try {
    if (ending.aborted) end();
    await once(child, 'close');
  } finally {
    ending.removeEventListener('abort', end);
  }
  signal.throwIfAborted();
  const [played] = reported.parse(JSON.parse(await readFile(report, 'utf8')));
  return played;
}
