import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inCheckout } from './in-checkout.ts';

/** The secrets that the documented command makes, in a folder of their own. */
export interface MadeSecrets {
  readonly folder: string;
  /** Runs the command once more on the same folder. */
  makeAgain(): void;
  remove(): void;
}

const timeoutMs = 30_000;

export function makeSecrets(): MadeSecrets {
  const root = mkdtempSync(join(tmpdir(), 'onsale-compose-'));
  const script = join(root, 'compose', 'make-secrets.sh');
  mkdirSync(join(root, 'compose'));
  copyFileSync(inCheckout('compose/make-secrets.sh'), script);
  const makeAgain = () => void execFileSync('sh', [script], { timeout: timeoutMs, stdio: 'pipe' });
  makeAgain();
  return { folder: join(root, 'compose', 'secrets'), makeAgain, remove: () => rmSync(root, { recursive: true }) };
}
