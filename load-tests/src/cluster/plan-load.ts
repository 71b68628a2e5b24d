import type { V1EnvVar, V1Job, V1Service } from '@kubernetes/client-node';
import type { Output } from './find-output.ts';
import { k6Job } from './k6-job.ts';
import { networkPolicy } from './network-policy.ts';
import type { LoadArguments } from './read-arguments.ts';
import type { Belongings } from './start-job.ts';

type Files = Readonly<Record<string, string>>;

export interface PlanLoad {
  readonly name: string;
  readonly run: string;
  readonly options: Pick<LoadArguments, 'kind' | 'release' | 'image' | 'node'>;
  readonly gateway: V1Service;
  readonly output: Output | undefined;
  /** The script and all it imports, by path. */
  readonly scripts: Files;
  readonly environment: Files;
  /** Environment from Secrets of the release. */
  readonly secretEnvironment: readonly V1EnvVar[];
  /** Files of the data folder; the secret ones are a Secret each. */
  readonly files: Files;
  readonly secretFiles: Files;
  readonly deadlineSeconds: number;
}

export interface LoadPlan {
  readonly job: V1Job;
  readonly belongings: Belongings;
}

/** A key of a ConfigMap has no slash. */
const keyOf = (path: string) => path.replaceAll('/', '.');

/** The Job of a load, and what belongs to it. */
export function planLoad(plan: PlanLoad): LoadPlan {
  const { name, run, options, gateway, output, files } = plan;
  const scripts = Object.entries(plan.scripts);
  const secrets = Object.entries(plan.secretFiles).map(([file, text], index) => ({
    metadata: { name: `${name}-${index}` },
    stringData: { [file]: text },
  }));
  const data = Object.keys(files).length === 0 ? [] : [{ metadata: { name: `${name}-data` }, data: { ...files } }];
  const port = gateway.spec?.ports?.[0]?.port ?? 8080;
  const environment = { ...plan.environment, RUN: run, GATEWAY_URL: `http://${options.release}-gateway:${port}` };
  const job = k6Job({
    name,
    run,
    image: options.image,
    node: options.node,
    entry: `k6/${options.kind}.ts`,
    scriptKeys: Object.fromEntries(scripts.map(([path]) => [keyOf(path), path])),
    dataMaps: data.map(({ metadata }) => metadata.name),
    dataSecrets: secrets.map(({ metadata }) => metadata.name),
    environment: [
      ...Object.entries(environment).map(([key, value]) => ({ name: key, value })),
      ...plan.secretEnvironment,
    ],
    output: output?.url,
    deadlineSeconds: plan.deadlineSeconds,
  });
  const scriptMap = {
    metadata: { name },
    data: Object.fromEntries(scripts.map(([path, text]) => [keyOf(path), text])),
  };
  const policy = networkPolicy(name, run, [{ service: gateway }, ...(output ? [output.peer] : [])]);
  return { job, belongings: { configMaps: [scriptMap, ...data], secrets, policies: [policy] } };
}
