import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Options } from './options.ts';
import { type Executed, execute, tryExecute } from './tools/execute.ts';

export const checkout = resolve(import.meta.dirname, '../..');

export interface CommandOptions {
  /** 60 s unless told. */
  readonly timeoutMs?: number;
  /** What it reads. */
  readonly input?: string;
  /** Other variables than the cluster's own. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The cluster under test, and what steps tell one another. */
export interface Cluster {
  readonly name: string;
  /** Whether the test made it, and takes it down. */
  readonly own: boolean;
  readonly namespace: string;
  /** For the test's own files, the kubeconfig among them. */
  readonly folder: string;
  /** For programs that talk to this cluster and leave the user's own configuration alone. */
  readonly env: NodeJS.ProcessEnv;
  /** In the namespace. @throws CommandFailed */
  kubectl(args: readonly string[], options?: CommandOptions): Promise<string>;
  /** In the namespace, whatever the exit code. */
  tryKubectl(args: readonly string[], options?: CommandOptions): Promise<Executed>;
  /** `kubectl get … -o json`, as far as the schema says. */
  get<T>(schema: z.ZodType<T>, ...args: readonly string[]): Promise<T>;
  /** In the namespace. @throws CommandFailed */
  helm(args: readonly string[], options?: CommandOptions): Promise<Executed>;
  /** A program at the top of the checkout. @throws CommandFailed */
  run(program: string, args: readonly string[], options?: CommandOptions): Promise<Executed>;
  /** A line for whoever watches. */
  say(line: string): void;
  readonly measured: { peakPerSecond?: number };
}

/** The cluster that the options name; nothing is started yet. The signal ends every command that runs. */
export function describeCluster({ cluster, namespace, rate }: Options, signal?: AbortSignal): Cluster {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-cluster-'));
  const env = {
    ...process.env,
    KUBECONFIG: join(folder, 'kubeconfig'),
    KUBECACHEDIR: join(folder, 'kube-cache'),
    HELM_CACHE_HOME: join(folder, 'helm-cache'),
    HELM_CONFIG_HOME: join(folder, 'helm-config'),
    HELM_DATA_HOME: join(folder, 'helm-data'),
    SKAFFOLD_UPDATE_CHECK: 'false',
    SKAFFOLD_INTERACTIVE: 'false',
  };
  const withDefaults = ({ timeoutMs = 60_000, ...rest }: CommandOptions = {}) => ({
    timeoutMs,
    env,
    ...rest,
    cwd: checkout,
    ...(signal && { signal }),
  });
  const inNamespace = ['--namespace', namespace];
  const kubectl = async (args: readonly string[], options?: CommandOptions) =>
    (await execute('kubectl', [...inNamespace, ...args], withDefaults(options))).stdout;
  return {
    name: cluster ?? `onsale-test-${process.pid}`,
    own: cluster === undefined,
    namespace,
    folder,
    env,
    kubectl,
    tryKubectl: (args, options) => tryExecute('kubectl', [...inNamespace, ...args], withDefaults(options)),
    get: async (schema, ...args) => schema.parse(JSON.parse(await kubectl(['get', ...args, '-o', 'json']))),
    helm: (args, options) => execute('helm', [...inNamespace, ...args], withDefaults(options)),
    run: (program, args, options) => execute(program, args, withDefaults(options)),
    say: (line) => console.log(`    ${line.replaceAll('\n', '\n    ')}`),
    measured: rate === undefined ? {} : { peakPerSecond: rate * 5 },
  };
}
