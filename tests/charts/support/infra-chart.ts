import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { repository } from '../../../scripts/render/helm.ts';

const dependency = z.looseObject({ name: z.string(), version: z.string() });
const chartFile = z.looseObject({ version: z.string(), dependencies: z.array(dependency).default([]) });

/** A copy of charts/onsale-infra outside the repository, with those of its dependencies that are at hand. */
export interface InfraChart {
  readonly folder: string;
  /** Names of the dependencies that it has. */
  readonly has: readonly string[];
  /** `name: found, pinned` for those whose version is not the one pinned. */
  readonly otherVersions: readonly string[];
  remove(): Promise<void>;
}

/**
 * Copies the chart, with the charts below it from a folder that has each under its name (and Bitnami's `common`). The
 * dependencies that are not there are struck from Chart.yaml, so that what is left can be rendered.
 */
export async function copyInfraChart(charts: string | undefined): Promise<InfraChart> {
  const folder = join(await mkdtemp(join(tmpdir(), 'onsale-infra-')), 'onsale-infra');
  const source = join(repository, 'charts/onsale-infra');
  await cp(source, folder, { recursive: true, filter: (path) => !path.startsWith(join(source, 'charts')) });
  const manifest = await chartOf(folder);
  const found = manifest.dependencies.filter(({ name }) => charts !== undefined && existsSync(join(charts, name)));
  await writeFile(join(folder, 'Chart.yaml'), stringify({ ...manifest, dependencies: found }));
  const otherVersions: string[] = [];
  for (const { name, version } of found) {
    const { version: present } = await addChart(join(charts ?? '', name), folder, charts ?? '');
    if (present !== version) otherVersions.push(`${name}: ${present} found, ${version} pinned`);
  }
  return {
    folder,
    has: found.map(({ name }) => name),
    otherVersions,
    remove: () => rm(join(folder, '..'), { recursive: true, force: true }),
  };
}

async function addChart(source: string, into: string, charts: string): Promise<{ version: string }> {
  const chart = await chartOf(source);
  const target = join(into, 'charts', z.string().parse(source.split('/').at(-1)));
  await mkdir(join(into, 'charts'), { recursive: true });
  await cp(source, target, { recursive: true, dereference: true });
  for (const { name } of chart.dependencies) {
    if (existsSync(join(target, 'charts', name))) continue;
    await cp(join(charts, name), join(target, 'charts', name), { recursive: true, dereference: true });
  }
  return chart;
}

async function chartOf(folder: string): Promise<z.output<typeof chartFile>> {
  return chartFile.parse(parse(await readFile(join(folder, 'Chart.yaml'), 'utf8')));
}
