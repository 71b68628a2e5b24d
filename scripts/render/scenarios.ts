import { helm, kubeVersion } from './helm.ts';
import { maskGenerated } from './mask-generated.ts';

/** The scenarios of charts/onsale, each a folder with values. */
export const scenarios = ['lite', 'external', 'ha'] as const;

export type Scenario = (typeof scenarios)[number];

const header =
  '# Rendered by `npm run render` from the chart and the values beside this file; what is generated is masked.\n';

/** What a scenario renders to, in the release and the namespace `onsale`, as it is committed. */
export async function renderScenario(scenario: Scenario): Promise<string> {
  const folder = `charts/onsale/scenarios/${scenario}`;
  return header + (await renderMasked('onsale', 'charts/onsale', ['--values', `${folder}/values.yaml`]));
}

/** A chart rendered in the namespace `onsale`, with what is generated masked. */
export async function renderMasked(release: string, chart: string, args: readonly string[] = []): Promise<string> {
  const all = ['template', release, chart, '--namespace', 'onsale', '--kube-version', kubeVersion, ...args];
  const [one, other] = await Promise.all([helm(all), helm(all)]);
  return maskGenerated(one, other);
}
