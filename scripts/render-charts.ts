import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './render/helm.ts';
import { renderedFiles } from './render/rendered-files.ts';

/** Writes what the charts render to: the committed scenarios, and the manifests for those who have no Helm. */
const files = await renderedFiles();
for (const [path, text] of Object.entries(files)) {
  await writeFile(join(repository, path), text);
  console.log(`${path}: ${text.split('\n').length - 1} lines`);
}
