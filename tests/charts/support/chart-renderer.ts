import { helm, kubeVersion } from '../../../scripts/render/helm.ts';
import { type Manifests, parseManifests } from './manifests.ts';

export interface ChartInput {
  /** A folder of a chart, from the root of the repository or absolute. */
  readonly chart: string;
  readonly release: string;
  readonly namespace?: string;
  /** Files of values, as --values. */
  readonly values?: readonly string[];
  /** Single values, as --set-json: `name` to anything JSON has. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** What the cluster serves besides its own, as --api-versions. */
  readonly apiVersions?: readonly string[];
}

export interface ChartRenderer {
  /** The text as helm prints it, hooks and tests included. */
  text(input: ChartInput): Promise<string>;
  manifests(input: ChartInput): Promise<Manifests>;
}

/** Renders charts; the same input is rendered once. */
export function createChartRenderer(): ChartRenderer {
  const texts = new Map<string, Promise<string>>();
  const text = (input: ChartInput) => {
    const args = templateArguments(input);
    const key = args.join('\n');
    const rendered = texts.get(key) ?? helm(args);
    texts.set(key, rendered);
    return rendered;
  };
  return { text, manifests: async (input) => parseManifests(await text(input)) };
}

/** The arguments of the `helm template` that renders this. */
export function templateArguments(input: ChartInput): string[] {
  const { chart, release, namespace = 'onsale', values = [], set = {}, apiVersions = [] } = input;
  return [
    'template',
    release,
    chart,
    '--namespace',
    namespace,
    '--kube-version',
    kubeVersion,
    ...values.flatMap((file) => ['--values', file]),
    ...Object.entries(set).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]),
    ...apiVersions.flatMap((version) => ['--api-versions', version]),
  ];
}
