import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkout } from '@onsale/local';
import { weave } from '../crash-points/weaving/weave.ts';
import { weavingsByFile } from '../crash-points/weaving/weavings.ts';
import { plant } from './copy/plant.ts';
import { listSeededBugs } from './seeded-bug.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-patch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bugs = await listSeededBugs();

/** Copies the files that the patch changes; gives their names. */
function copyChanged(patch: string): string[] {
  const names = [...readFileSync(patch, 'utf8').matchAll(/^--- a\/(.+)$/gm)].flatMap(([, name]) => name ?? []);
  for (const name of names) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    cpSync(join(checkout, name), join(folder, name));
  }
  return names;
}

describe('the seeded bugs', () => {
  test('are ten, numbered one after the other', () => {
    expect(bugs.map(({ number }) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test.each(bugs)('$number $name fits what is here, and leaves the crash points in their places', async ({ file }) => {
    const names = copyChanged(file);
    expect(names).not.toEqual([]);
    await plant(folder, file);
    for (const name of names) {
      expect(() => weave(readFileSync(join(folder, name), 'utf8'), weavingsByFile.get(name) ?? [])).not.toThrow();
    }
  });
});
