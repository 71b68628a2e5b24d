import type { z } from 'zod';
import { type Cluster, checkout } from '../cluster.ts';
import { type Executed, tryExecute } from '../tools/execute.ts';

export interface LoadRun<T> {
  readonly code: number;
  readonly result: T;
}

const lastLine = ({ stdout }: Executed) => stdout.trimEnd().split('\n').at(-1) ?? '';

/** Runs `npm run load` in the cluster and reads the JSON it ends with. @throws Error when it could not be played */
export async function runLoad<T>(
  { env, namespace }: Cluster,
  args: readonly string[],
  { schema, timeoutMs }: { schema: z.ZodType<T>; timeoutMs: number },
): Promise<LoadRun<T>> {
  const where = ['--in-cluster', '--namespace', namespace, '--release', 'onsale'];
  const command = ['scripts/run.sh', 'load-tests/src/load.ts', ...args, ...where];
  const executed = await tryExecute('sh', command, { timeoutMs, env, cwd: checkout });
  const result = schema.safeParse(lastLine(executed).startsWith('{') ? JSON.parse(lastLine(executed)) : undefined);
  if (!result.success) {
    throw new Error(
      `load ${args[0]} ended with ${executed.code}:\n${executed.stdout.slice(-3_000)}${executed.stderr.slice(-2_000)}`,
    );
  }
  return { code: executed.code, result: result.data };
}
