import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scriptFiles } from './script-files.ts';

const folder = new URL('../..', import.meta.url).pathname;

describe('the files of a script', () => {
  test.each([['k6/drop.ts'], ['k6/steady.ts'], ['k6/peak.ts']])(
    '%s and all it needs can be resolved by k6',
    (entry) => {
      const files = scriptFiles(folder, entry);
      expect(Object.keys(files)).toContain(entry);
      expect(Object.keys(files)).toContain('src/sale/outcome.ts');
      expect(JSON.stringify(files).length).toBeLessThan(900_000);
    },
  );

  test('the drop inside k6 is played by the rules of the sale', () => {
    expect(Object.keys(scriptFiles(folder, 'k6/drop.ts'))).toEqual(
      expect.arrayContaining(['src/sale/play.ts', 'src/sale/ask-until-told.ts', 'src/sale/prepare.ts']),
    );
  });

  test('what k6 does not have is refused by its name, and what is imported for types alone is left out', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'script-files-'));
    try {
      writeFileSync(join(scratch, 'good.ts'), "import type { Z } from 'zod';\nimport { sleep } from 'k6';\n");
      writeFileSync(join(scratch, 'bad.ts'), "export { good } from './good.ts';\nimport {\n  z,\n} from 'zod';\n");
      expect(Object.keys(scriptFiles(scratch, 'good.ts'))).toEqual(['good.ts']);
      expect(() => scriptFiles(scratch, 'bad.ts')).toThrow('bad.ts imports zod');
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});
