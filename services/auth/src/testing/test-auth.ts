import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningService, startService } from '@onsale/platform/service';
import { freePort } from '@onsale/tests/support';
import { createSigningKeys } from '../keys.ts';
import { authService } from '../service.ts';

/** The service over real servers, with a file of signing keys of its own. */
export interface TestAuth extends RunningService {
  readonly keysFile: string;
}

export async function startAuth(env: Readonly<Record<string, string>>): Promise<TestAuth> {
  const folder = await mkdtemp(join(tmpdir(), 'onsale-auth-'));
  const keysFile = join(folder, 'keys.json');
  await createSigningKeys(keysFile, new Date());
  // The service reads its own JWKS, and must know its address before it listens.
  const port = await freePort();
  const service = await startService(authService, {
    env: {
      LOG_LEVEL: 'silent',
      // Hashing is slow, and the machine may be busy with other tests: what is tested is who wins.
      HTTP_REQUEST_TIMEOUT_MS: '60000',
      HTTP_PORT: String(port),
      JWKS_URL: `http://127.0.0.1:${port}/.well-known/jwks.json`,
      AUTH_SIGNING_KEYS_FILE: keysFile,
      ...env,
    },
  });
  return {
    ...service,
    keysFile,
    async stop() {
      await service.stop();
      await rm(folder, { recursive: true });
    },
  };
}
