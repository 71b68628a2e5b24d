import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyCheckout } from './copy-checkout.ts';
import { plant } from './plant.ts';

let folder: string;
let checkout: string;
let copy: string;

const write = (name: string, content: string) => {
  mkdirSync(join(checkout, dirname(name)), { recursive: true });
  writeFileSync(join(checkout, name), content);
};

const patch = `# It breaks.
diff --git a/packages/ours/index.js b/packages/ours/index.js
--- a/packages/ours/index.js
+++ b/packages/ours/index.js
@@ -1,2 +1,2 @@
 import theirs from 'theirs';
-export default 'ours and ' + theirs;
+export default 'broken and ' + theirs;
`;

/** A checkout with a package of its own, which needs one that is installed. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-copied-'));
  checkout = join(folder, 'checkout');
  copy = join(folder, 'copy');
  write('.gitignore', 'node_modules\n');
  write('package.json', '{ "type": "module" }');
  write('main.js', "import ours from '@onsale/ours';\nconsole.log(ours);\n");
  write('packages/ours/package.json', '{ "type": "module", "exports": "./index.js" }');
  write('packages/ours/index.js', "import theirs from 'theirs';\nexport default 'ours and ' + theirs;\n");
  write('node_modules/theirs/package.json', '{ "type": "module", "exports": "./index.js" }');
  write('node_modules/theirs/index.js', "export default 'theirs';\n");
  write('packages/ours/node_modules/inner/index.js', '');
  mkdirSync(join(checkout, 'node_modules/@onsale'));
  symlinkSync('../../packages/ours', join(checkout, 'node_modules/@onsale/ours'));
  write('my.patch', patch);
  execFileSync('git', ['init', '--quiet'], { cwd: checkout });
  execFileSync('git', ['add', 'main.js', 'packages/ours/index.js'], { cwd: checkout });
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (root: string) => execFileSync(process.execPath, [join(root, 'main.js')], { encoding: 'utf8' }).trim();

describe('a copy of a checkout', () => {
  test('runs its own packages, with what is installed in the checkout', async () => {
    await copyCheckout(checkout, copy);
    expect(run(copy)).toBe('ours and theirs');
    await plant(copy, join(checkout, 'my.patch'));
    expect(run(copy)).toBe('broken and theirs');
    expect(run(checkout)).toBe('ours and theirs');
    expect(readFileSync(join(copy, 'packages/ours/node_modules/inner/index.js'), 'utf8')).toBe('');
  });

  test('is as the checkout stands, committed or not', async () => {
    write('packages/ours/index.js', "import theirs from 'theirs';\nexport default 'new and ' + theirs;\n");
    await copyCheckout(checkout, copy);
    expect(run(copy)).toBe('new and theirs');
    await expect(plant(copy, join(checkout, 'my.patch'))).rejects.toThrow('does not apply');
  });
});
