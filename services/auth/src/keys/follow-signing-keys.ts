import { stat } from 'node:fs/promises';
import type { Clock } from '@onsale/platform/service';
import type { Logger } from '@onsale/platform/telemetry';
import { loadSigningKeys, type SigningKeys } from './load-signing-keys.ts';

/** How old the knowledge of the file may be. */
const RECHECK_MS = 1000;

export interface FollowOptions {
  path: string;
  clock: Clock;
  log: Logger;
}

async function versionOf(path: string): Promise<string> {
  const { mtimeMs, ino, size } = await stat(path);
  return `${mtimeMs}/${ino}/${size}`;
}

/**
 * Reads the signing keys and answers the newest ones whenever asked, re-reading the file after it changed. A file
 * that has become unreadable is logged and the keys known so far go on signing. Rejects when the first reading fails.
 */
export async function followSigningKeys({ path, clock, log }: FollowOptions): Promise<() => Promise<SigningKeys>> {
  let version = await versionOf(path);
  let keys = await loadSigningKeys(path);
  let checkedAt = clock.now().getTime();
  let checking: Promise<void> | undefined;

  async function check(): Promise<void> {
    try {
      const found = await versionOf(path);
      if (found === version) return;
      keys = await loadSigningKeys(path);
      version = found;
      log.info({ kids: keys.signers.map((signer) => signer.kid) }, 'signing keys re-read');
    } catch (error) {
      log.error({ err: error, path }, 'the file of signing keys cannot be read; the known keys stay');
    }
  }

  return async () => {
    const now = clock.now().getTime();
    if (now - checkedAt >= RECHECK_MS) {
      checkedAt = now;
      checking = check().finally(() => {
        checking = undefined;
      });
    }
    await checking;
    return keys;
  };
}
