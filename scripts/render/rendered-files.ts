import { renderPlainManifests } from './plain-manifests.ts';
import { renderScenario, scenarios } from './scenarios.ts';

/** Every file that is rendered from the charts and committed, by its path from the root of the repository. */
export async function renderedFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const scenario of scenarios) {
    files[`charts/onsale/scenarios/${scenario}/rendered.yaml`] = await renderScenario(scenario);
  }
  for (const [file, text] of Object.entries(await renderPlainManifests())) files[`k8s/plain/${file}`] = text;
  return files;
}
