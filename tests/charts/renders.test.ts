import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { repository } from '../../scripts/render/helm.ts';
import { renderedFiles } from '../../scripts/render/rendered-files.ts';
import { renderScenario, scenarios } from '../../scripts/render/scenarios.ts';
import { chartSuite } from './support/chart-suite.ts';

chartSuite('what is committed of the charts', () => {
  let files: Record<string, string>;
  beforeAll(async () => {
    files = await renderedFiles();
  });

  it('is current; `npm run render` makes it so', async () => {
    const stale: string[] = [];
    for (const [path, text] of Object.entries(files)) {
      const committed = await readFile(join(repository, path), 'utf8').catch(() => '(not there)');
      const line = committed.split('\n').findIndex((it, index) => it !== text.split('\n')[index]);
      if (committed !== text) stale.push(`${path}, line ${line + 1}`);
    }
    expect(stale).toEqual([]);
  });

  it('is of all scenarios there are', async () => {
    expect((await readdir(join(repository, 'charts/onsale/scenarios'))).sort()).toEqual([...scenarios].sort());
  });

  it('has no generated value in it', async () => {
    expect(await renderScenario('lite')).toBe(files['charts/onsale/scenarios/lite/rendered.yaml']);
  });
});
