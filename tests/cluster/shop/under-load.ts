import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Cluster, checkout } from '../cluster.ts';

const steady = z.looseObject({
  verdict: z.string(),
  requests: z.int(),
  failed: z.int(),
  perSecond: z.number(),
  failures: z.record(z.string(), z.int()).default({}),
});

export interface UnderLoad {
  readonly perSecond: number;
  readonly seconds: number;
}

/** The load flows for so long before anything is done: what its own start takes from a small machine is not looked at. */
const flowsMs = 15_000;

/**
 * Does something while k6 sends requests at a steady rate through the gateway's Service, from inside the cluster.
 * @throws Error when a request failed, or when what was done outlasted the load
 */
export async function underLoad(
  { env, namespace, say }: Cluster,
  { perSecond, seconds }: UnderLoad,
  act: () => Promise<unknown>,
): Promise<number> {
  const rate = ['--mix', 'orders', '--rate', String(perSecond), '--duration', `${seconds}s`];
  const where = ['--in-cluster', '--namespace', namespace, '--release', 'onsale'];
  const command = ['scripts/run.sh', 'load-tests/src/load.ts', 'steady', ...rate, ...where];
  const timeout = (seconds + 240) * 1000;
  const load = spawn('sh', command, { env, cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'], timeout });
  const lines: string[] = [];
  let said = '';
  load.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const reading = createInterface(load.stdout).on('line', (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => load.once('close', resolve));
  const begun = new Promise<void>((resolve) => {
    reading.on('line', (line) => line.startsWith('running:') && resolve());
  });
  let over = false;
  void ended.then(() => {
    over = true;
  });
  try {
    await Promise.race([begun, ended]);
    if (over) throw new Error(`the load did not begin:\n${lines.join('\n').slice(-2_000)}${said.slice(-2_000)}`);
    await Promise.race([delay(flowsMs), ended]);
    await act();
    if (over) throw new Error(`it outlasted a load of ${seconds} s`);
    await ended;
  } finally {
    // As Ctrl-C, so that it takes away what it made.
    if (!over) load.kill('SIGINT');
    await ended;
  }
  const result = steady.parse(JSON.parse(lines.at(-1) ?? ''));
  say(JSON.stringify(result));
  if (result.failed > 0 || result.verdict !== 'kept') {
    throw new Error(`${result.failed} of ${result.requests} requests failed: ${JSON.stringify(result.failures)}`);
  }
  return result.requests;
}
