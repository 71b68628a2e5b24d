import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { eventually } from '../tools/eventually.ts';
import { ensurePod, scriptCommand } from '../tools/pods.ts';
import { clientPod, gatewayUrl } from './purchase.ts';
import { readSecret } from './read-secret.ts';

const second = z.object({ at: z.string(), sent: z.int(), failed: z.int(), granted: z.int() });
const total = z.object({
  sent: z.int(),
  failed: z.int(),
  /** Refused for now, with the time to come again. */
  postponed: z.int(),
  granted: z.int(),
  /** Granted orders that were not there when they were read back. */
  missing: z.int(),
  late: z.int(),
  seconds: z.number(),
  p50: z.number(),
  p99: z.number(),
});
const failure = z.object({ at: z.string(), path: z.string(), status: z.int(), text: z.string() });
const line = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ total }),
  failure.transform((failed) => ({ failed })),
  second.transform((granted) => ({ second: granted })),
]);

export interface LoadResult extends z.infer<typeof total> {
  /** The longest time, in seconds, in which no order was granted. */
  readonly longestSilence: number;
  /** The first answers that were neither granted nor postponed. */
  readonly failures: readonly z.infer<typeof failure>[];
}

export interface SteadyLoad {
  /** How many orders have been granted so far. */
  granted(): number;
  /** Ends it, once every request sent so far has its answer. @throws Error when it broke off before */
  stop(): Promise<LoadResult>;
}

function longestSilence(seconds: readonly z.infer<typeof second>[]): number {
  let longest = 0;
  let since: z.infer<typeof second> | undefined;
  for (const now of seconds) {
    if (since === undefined || now.granted > since.granted) since = now;
    else longest = Math.max(longest, (Date.parse(now.at) - Date.parse(since.at)) / 1000);
  }
  return longest;
}

export interface LoadOptions {
  readonly perSecond: number;
  /** How many of a hundred requests are orders; the others read the catalogue. */
  readonly ordersPercent: number;
  /** Whether every granted order is read back when the load ends. */
  readonly readBack?: boolean;
}

/** Puts a steady load on the gateway's Service from a pod; resolves when it flows. */
export async function startLoad(cluster: Cluster, rate: LoadOptions): Promise<SteadyLoad> {
  await ensurePod(cluster, clientPod);
  const args = { url: gatewayUrl, admin: await readSecret(cluster, 'onsale-admin'), ...rate };
  const command = ['--namespace', cluster.namespace, 'exec', '-i', clientPod, '--'];
  const child = spawn('kubectl', [...command, ...scriptCommand('steady-load.ts', args)], { env: cluster.env });
  const seconds: z.infer<typeof second>[] = [];
  const failures: z.infer<typeof failure>[] = [];
  let ready = false;
  let sum: z.infer<typeof total> | undefined;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let ended = false;
  child.once('close', () => {
    ended = true;
  });
  createInterface(child.stdout).on('line', (text) => {
    const told = text.startsWith('{') ? line.safeParse(JSON.parse(text)).data : undefined;
    if (told === undefined) said += `${text}\n`;
    else if ('ready' in told) ready = true;
    else if ('total' in told) sum = told.total;
    else if ('failed' in told) failures.push(told.failed);
    else seconds.push(told.second);
  });
  const brokeOff = () => new Error(`the load broke off: ${said.slice(-1_000)}`);
  const state = async (): Promise<'ready' | 'ended' | undefined> => {
    if (ended) return 'ended';
    return ready ? 'ready' : undefined;
  };
  if ((await eventually('the load flows', state, { withinMs: 90_000, everyMs: 100 })) === 'ended') throw brokeOff();
  return {
    granted: () => seconds.at(-1)?.granted ?? 0,
    async stop() {
      child.stdin.end();
      const finished = async () => ((await state()) === 'ended' ? true : undefined);
      const withinMs = rate.readBack ? 150_000 : 40_000;
      await eventually('the load to end', finished, { withinMs, everyMs: 100 }).finally(() => child.kill());
      if (sum === undefined) throw brokeOff();
      return { ...sum, longestSilence: longestSilence(seconds), failures };
    },
  };
}
