import { SaleError } from '../sale/sale-error.ts';
import { parseTold } from '../told/parse-told.ts';
import type { Told } from '../told/told.ts';
import { awaitPod } from './await-pod.ts';
import { deleteJob } from './delete-job.ts';
import { findOutput } from './find-output.ts';
import { followPod } from './follow-pod.ts';
import { K6_CONTAINER } from './k6-job.ts';
import type { LoadRun } from './load-run.ts';
import { needed } from './needed.ts';
import { type PlanLoad, planLoad } from './plan-load.ts';
import { scriptFiles } from './script-files.ts';
import { startJob } from './start-job.ts';

const scriptsFolder = new URL('../..', import.meta.url).pathname;

/** Of what k6 itself writes, so many lines are shown with a failure. */
const keptLines = 10;

type ForScript = 'environment' | 'secretEnvironment' | 'files' | 'secretFiles' | 'deadlineSeconds';

export interface PlayInCluster extends LoadRun, Pick<PlanLoad, ForScript> {
  /** Told of everything that the script tells; the same may come several times. */
  readonly heard: (told: Told) => void;
}

/** Keeps apart what the script tells and what k6 writes. */
function listen(heard: (told: Told) => void) {
  const others: string[] = [];
  let problem: string | undefined;
  return {
    begin: () => {
      others.length = 0;
    },
    line(text: string) {
      const told = parseTold(text);
      if (told?.told === 'problem') problem = told.message;
      else if (told) heard(told);
      else others.splice(0, others.push(text) - keptLines);
    },
    /** @throws SaleError when the script, or k6, did not come to its end */
    end(exitCode: number) {
      if (problem !== undefined) throw new SaleError(problem);
      if (exitCode !== 0) throw new SaleError(`k6 ended with exit code ${exitCode}:\n  ${others.join('\n  ')}`);
    },
  };
}

/** Runs one of the scripts in k6 inside the cluster, and takes away what it made. @throws SaleError when it does not end well */
export async function playInCluster({ cluster, options, run, signal, heard, ...script }: PlayInCluster): Promise<void> {
  const { namespace } = cluster;
  const { kind, release, keep } = options;
  const name = `onsale-load-${kind}-${run}`;
  const gatewayName = `${release}-gateway`;
  const asked = cluster.core.readNamespacedService({ name: gatewayName, namespace });
  const gateway = await needed(`Service ${gatewayName} of namespace ${namespace}`, asked);
  const output = await findOutput(cluster, options.influxdb);
  console.log(
    output ? `k6 measures into ${output.url}` : 'k6 measures into no database: no InfluxDB is here, or none is wanted',
  );

  const scripts = scriptFiles(scriptsFolder, `k6/${kind}.ts`);
  const { job, belongings } = planLoad({ name, run, options, gateway, output, scripts, ...script });
  const { begin, line, end } = listen(heard);
  try {
    await startJob(cluster, job, belongings);
    const pod = await awaitPod(cluster, name, K6_CONTAINER, signal);
    console.log(`running: ${kind} ${run} in pod ${pod}`);
    end(await followPod({ cluster, pod, container: K6_CONTAINER, begin, line, signal }));
  } finally {
    if (keep) console.log(`kept: Job ${name} in namespace ${namespace}`);
    else await deleteJob(cluster, name);
  }
}
