import { randomBytes } from 'node:crypto';
import { openDatabase } from '@onsale/platform/database';
import { createAcknowledgedWrites, openLockRedis } from '@onsale/platform/redis';
import { ConfigError, type Service, type ServiceContext, type ServiceDefinition } from '@onsale/platform/service';
import { type AuthConfig, authConfig } from './config.ts';
import { accountRoutes } from './http/account-routes.ts';
import { jwksRoute } from './http/jwks-route.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { createPurgeJob } from './jobs/purge-job.ts';
import { followSigningKeys } from './keys/follow-signing-keys.ts';
import { KeyFileError } from './keys/key-file-error.ts';
import { mintAccessToken } from './keys/mint-access-token.ts';
import { createLoginAttempts } from './limits/login-attempts.ts';
import { createBoundedWork } from './passwords/bounded-work.ts';
import { createPasswords } from './passwords/create-passwords.ts';
import type { SessionPorts } from './usecases/session.ts';

type Context = ServiceContext<AuthConfig>;

const migrations = { owner: 'auth', directory: new URL('../migrations/', import.meta.url) };

async function signingWith({ config, clock, log }: Context) {
  const keys = await followSigningKeys({ path: config.AUTH_SIGNING_KEYS_FILE, clock, log }).catch((error: unknown) => {
    const reason = error instanceof KeyFileError ? error.message : 'it cannot be read';
    throw new ConfigError(`AUTH_SIGNING_KEYS_FILE: must name a file of signing keys (${reason})`);
  });
  const claims = {
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    ttlSeconds: config.ACCESS_TOKEN_TTL_SECONDS,
  };
  const mint: SessionPorts['mint'] = async (subject, now) =>
    mintAccessToken(await keys(), { ...claims, ...subject }, now);
  return { keys, mint };
}

async function passwordsWithin({ config }: Context) {
  const bounds = { concurrency: config.PASSWORD_HASH_CONCURRENCY, queue: config.PASSWORD_HASH_QUEUE };
  return createPasswords(createBoundedWork(bounds));
}

async function create(context: Context): Promise<Service> {
  const { name, config, log, metrics, clock, ids, parts } = context;
  const { keys, mint } = await signingWith(context);
  const passwords = await passwordsWithin(context);
  const redis = openLockRedis(config, { name, log });
  const acknowledged = createAcknowledgedWrites(redis);
  const database = openDatabase<undefined>({ config, log, metrics, acknowledged, migrations });
  const close = async () => {
    await database.close();
    redis.disconnect();
  };
  try {
    if (parts.has('migrate')) await database.migrate();
  } catch (error) {
    await close();
    throw error;
  }
  const attempts = createLoginAttempts({
    redis,
    limit: config.LOGIN_FAILURES_LIMIT,
    windowSeconds: config.LOGIN_FAILURES_WINDOW_SECONDS,
  });
  const ports = {
    ...passwords,
    database,
    attempts,
    clock,
    ids,
    mint,
    random: randomBytes,
    accessTtlSeconds: config.ACCESS_TOKEN_TTL_SECONDS,
    refreshTtlDays: config.REFRESH_TOKEN_TTL_DAYS,
  };
  return {
    routes: [...accountRoutes(ports), ...sessionRoutes(ports), jwksRoute(keys, config.JWKS_MAX_AGE_SECONDS)],
    jobs: [createPurgeJob({ database, clock, log, intervalSeconds: config.PURGE_INTERVAL_SECONDS })],
    readiness: { database: () => database.ping(), schema: () => database.assertMigrated() },
    close,
  };
}

/** Accounts, sessions and the keys of access tokens. */
export const authService: ServiceDefinition<AuthConfig> = { name: 'auth', config: authConfig, create };
