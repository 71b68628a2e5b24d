import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../../scripts/render/helm.ts';
import { type ChartInput, createChartRenderer } from './chart-renderer.ts';
import { contentOf } from './content-of.ts';

/**
 * What `helm install` would say at its end. `helm template` leaves NOTES.txt out, so a copy of the chart has it as the
 * content of a ConfigMap.
 */
export async function renderNotes(input: ChartInput): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onsale-notes-'));
  try {
    const chart = join(folder, 'onsale');
    await cp(join(repository, input.chart), chart, { recursive: true });
    const notes = join(chart, 'templates/NOTES.txt');
    const text = await readFile(notes, 'utf8');
    await rm(notes);
    await writeFile(join(chart, 'templates/_said.tpl'), `{{ define "said" }}${text}{{ end }}`);
    await writeFile(
      join(chart, 'templates/said.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: said }\ndata: { notes: {{ include "said" . | toJson }} }\n',
    );
    const manifests = await createChartRenderer().manifests({ ...input, chart });
    return contentOf(manifests, 'ConfigMap', 'said')?.notes ?? '';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
