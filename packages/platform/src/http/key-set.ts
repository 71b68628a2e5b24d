import { setTimeout as pause } from 'node:timers/promises';
import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { DomainError } from '../domain-error.ts';
import type { Clock } from '../service/clock.ts';

export interface KeySetOptions {
  readonly jwksUrl: string;
  readonly clock: Clock;
  /** How long one look at the keys may take. */
  readonly timeoutMs?: number;
  /** How long after a look an unknown key does not cause another. */
  readonly cooldownMs?: number;
}

const KEYS_FRESH_MS = 600_000;
const KEYS_USABLE_MS = 3_600_000;
const PAUSE_AFTER_FAILURE_MS = 500;
const EARLY_TRIES = 30;
const EARLY_PAUSE_MS = 1_000;
const MAX_KEYS_CHARACTERS = 262_144;

/**
 * The issuer's public keys. Looked at from the beginning, again every ten minutes and, no oftener than the cooldown,
 * when a token names a key that is not known. While the issuer is away the keys last seen serve for an hour; a token
 * that cannot be checked meanwhile is refused with DomainError `keys-unavailable`, not as a bad token.
 */
export function createKeySet(options: KeySetOptions): JWTVerifyGetKey {
  const { jwksUrl, clock, timeoutMs = 2_000, cooldownMs = 5_000 } = options;
  let seen: { text: string; at: number } | undefined;
  let failedAt: number | undefined;
  const now = () => clock.now().getTime();

  const look: FetchImplementation = async (url, init) => {
    if (failedAt === undefined || now() - failedAt >= PAUSE_AFTER_FAILURE_MS) {
      try {
        seen = { text: await load(url, init), at: now() };
        failedAt = undefined;
      } catch {
        failedAt = now();
      }
    }
    if (seen === undefined || now() - seen.at > KEYS_USABLE_MS) throw unavailable();
    return new Response(seen.text);
  };

  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: KEYS_FRESH_MS,
    [customFetch]: look,
  });
  // Who serves from now on has them at hand when the first token comes; else that one looks.
  const lookEarly = async () => {
    for (let tries = 0; tries < EARLY_TRIES && seen === undefined; tries++) {
      await keys.reload().catch(() => undefined);
      // Nobody had asked: the first who does is not put off by it. An issuer may look at itself before it listens.
      failedAt = undefined;
      if (seen === undefined) await pause(EARLY_PAUSE_MS, undefined, { ref: false });
    }
  };
  void lookEarly();
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSInvalid) throw unavailable();
      // An issuer that is away may have published the key that this token names.
      if (error instanceof errors.JWKSNoMatchingKey && failedAt !== undefined) throw unavailable();
      throw error;
    }
  };
}

async function load(url: string, init: Parameters<FetchImplementation>[1]): Promise<string> {
  const response = await fetch(url, init);
  if (response.status !== 200) throw new Error(`The key set answered ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_KEYS_CHARACTERS) throw new Error('The key set is too large');
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('keys' in parsed)) throw new Error('No key set');
  return text;
}

function unavailable(): DomainError {
  return new DomainError('unavailable', 'keys-unavailable', 'Access tokens cannot be checked just now.', {
    retryAfterSeconds: 1,
  });
}
