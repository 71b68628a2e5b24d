import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { PASS, weavingsByFile } from './weavings.ts';

const root = resolve(import.meta.dirname, '../../../..');
const crashPoints = 'tests/faults/crash-points';

test('modules have their points when they are loaded, also of packages that are linked from elsewhere', () => {
  const copy = mkdtempSync(join(tmpdir(), 'onsale-woven-'));
  try {
    const own = [...weavingsByFile.keys()].filter((file) => !file.startsWith('node_modules/'));
    for (const path of [crashPoints, 'package.json', ...own])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const main = join(copy, 'main.js');
    writeFileSync(
      main,
      `import { createRequire } from 'node:module';
       import { weaveOnLoad } from './${crashPoints}/weaving/weave-on-load.ts';
       weaveOnLoad();
       console.log(String(createRequire(import.meta.url)('kafkajs/src/network/connection.js')));`,
    );
    expect(execFileSync(process.execPath, [main], { encoding: 'utf8' })).toContain(PASS);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
