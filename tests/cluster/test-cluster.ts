import { rmSync } from 'node:fs';
import { type Cluster, describeCluster } from './cluster.ts';
import type { Options } from './options.ts';
import { runSteps, type StepResult } from './run-steps.ts';
import type { Step } from './step.ts';
import { tellWhatIsWrong } from './tell-what-is-wrong.ts';
import { tryExecute } from './tools/execute.ts';
import { table } from './tools/table.ts';

const clock = () => performance.now();

/** The steps to run; the first of all is always among them, for it finds the way into the cluster. */
function chosen(steps: readonly Step[], { only, from }: Options): Step[] {
  const first = from === undefined ? 0 : steps.findIndex(({ name }) => name === from);
  return steps.filter(({ name }, at) => at === 0 || (at >= first && (only === undefined || only.includes(name))));
}

async function takeDown({ own, name, env }: Cluster): Promise<StepResult> {
  const begun = clock();
  const gone = own
    ? await tryExecute('kind', ['delete', 'cluster', '--name', name], { timeoutMs: 120_000, env }).catch(
        (error: unknown) => ({ code: 1, stdout: '', stderr: String(error) }),
      )
    : { code: 0, stderr: '' };
  if (gone.code !== 0) console.log(`the cluster ${name} was not taken down: ${gone.stderr}`);
  const outcome = gone.code === 0 ? 'passed' : 'failed';
  return { name: 'cluster down', seconds: (clock() - begun) / 1000, outcome };
}

/** Runs the steps that the options choose, and takes the cluster down whatever happened; gives the exit code. */
export async function testCluster(steps: readonly Step[], options: Options): Promise<number> {
  const abort = new AbortController();
  const cluster = describeCluster(options, abort.signal);
  const keep = options.keep && cluster.own;
  const interrupted = new Promise<StepResult[]>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
  const results: StepResult[] = [];
  try {
    const running = runSteps(chosen(steps, options), {
      cluster,
      clock,
      signal: abort.signal,
      tellMore: () => tellWhatIsWrong(cluster),
    });
    results.push(...(await Promise.race([running, interrupted])));
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    results.push({ name: 'all of it', seconds: 0, outcome: 'failed' });
  } finally {
    if (keep) console.log(`kept: the cluster ${cluster.name}; KUBECONFIG=${cluster.env.KUBECONFIG}`);
    else {
      if (cluster.own) results.push(await takeDown(cluster));
      rmSync(cluster.folder, { recursive: true, force: true });
    }
  }
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  console.log(
    table(
      ['step', 'seconds', ''],
      [
        ...results.map((result) => [result.name, result.seconds.toFixed(1), result.outcome]),
        ['all', seconds.toFixed(1), ''],
      ],
    ),
  );
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  console.log(`${passed} passed, ${results.length - passed} failed`);
  return passed === results.length ? 0 : 1;
}
