import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Cluster, checkout } from '../cluster.ts';
import type { Step } from '../step.ts';
import { noWarnings } from '../tools/no-warnings.ts';

const chartFile = z.object({ dependencies: z.array(z.object({ name: z.string() })).default([]) });

/** Charts of others that a chart builds on and that are not in its folder. */
function absentDependencies(chart: string): string[] {
  const { dependencies } = chartFile.parse(parse(readFileSync(join(checkout, chart, 'Chart.yaml'), 'utf8')));
  const folder = join(checkout, chart, 'charts');
  const there = existsSync(folder) ? readdirSync(folder) : [];
  return dependencies.map(({ name }) => name).filter((name) => !there.some((entry) => entry.startsWith(name)));
}

async function admitted(cluster: Cluster, chart: string, args: readonly string[]): Promise<void> {
  const inNamespace = ['--namespace', cluster.namespace];
  const { stdout } = await cluster.run('helm', ['template', 'onsale', chart, '--validate', ...inNamespace, ...args]);
  // As one who installs: what the server would refuse, or warn of, for any object.
  const dryRun = ['apply', '--dry-run=server', ...inNamespace, '-f', '-'];
  const { stderr } = await cluster.run('kubectl', dryRun, { input: stdout, timeoutMs: 120_000 });
  noWarnings(stderr);
}

export const checkCharts: Step = {
  name: 'charts',
  shows: 'every chart passes helm lint --strict, and the API server would take every scenario',
  async run(cluster) {
    for (const chart of readdirSync(join(checkout, 'charts')).map((name) => `charts/${name}`)) {
      const absent = absentDependencies(chart);
      if (absent.length > 0) {
        cluster.say(`left out: ${chart} builds on charts that are not here (${absent.join(', ')})`);
        continue;
      }
      await cluster.run('helm', ['lint', '--strict', '--quiet', chart]);
      await admitted(cluster, chart, []);
      const scenarios = join(checkout, chart, 'scenarios');
      for (const name of existsSync(scenarios) ? readdirSync(scenarios) : []) {
        const values = join(scenarios, name, 'values.yaml');
        await cluster.run('helm', ['lint', '--strict', '--quiet', chart, '--values', values]);
        await admitted(cluster, chart, ['--values', values]);
        cluster.say(`${chart} as ${name}: taken`);
      }
    }
  },
};
