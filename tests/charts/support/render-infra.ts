import { readFile } from 'node:fs/promises';
import type { ChartRenderer } from './chart-renderer.ts';
import { copyInfraChart } from './infra-chart.ts';
import { joinManifests, type Manifests, parseManifests } from './manifests.ts';

export interface RenderedInfra {
  readonly manifests: Manifests;
  /** Whether all of it is of the real charts, or some of the documented names. */
  readonly real: boolean;
}

/**
 * charts/onsale-infra: on the real charts of the folder that BITNAMI_CHARTS names, else our own templates beside what is
 * documented of Bitnami's.
 */
export async function renderInfra(
  renderer: ChartRenderer,
  charts: string | undefined,
  set: Readonly<Record<string, unknown>> = {},
): Promise<RenderedInfra> {
  const chart = await copyInfraChart(charts);
  try {
    const own = await renderer.manifests({ chart: chart.folder, release: 'data', set });
    if (charts === undefined) return { manifests: joinManifests(own, await documentedInfra()), real: false };
    for (const other of chart.otherVersions) process.stderr.write(`BITNAMI_CHARTS: ${other}\n`);
    const missing = ['mysql', 'redis', 'kafka'].filter((name) => !chart.has.includes(name));
    if (missing.length > 0) throw new Error(`BITNAMI_CHARTS: ${charts} has no chart ${missing.join(', ')}`);
    return { manifests: own, real: true };
  } finally {
    await chart.remove();
  }
}

/** What the application relies on, of Bitnami's documented names. */
export async function documentedInfra(): Promise<Manifests> {
  return parseManifests(await readFile(new URL('bitnami-documented.yaml', import.meta.url), 'utf8'));
}
