import type { Session } from '@onsale/contracts';
import type { Database, Tx } from '@onsale/platform/database';
import { insertRefreshToken, isRefreshTokenStored } from '../persistence/refresh-tokens.ts';
import { findUserByEmail } from '../persistence/users.ts';
import { credentialsInvalid } from './refusals.ts';
import { newToken, type SessionPorts, sessionOf } from './session.ts';

/** Counts the failed logins of an account. */
export interface LoginAttempts {
  /** Counts an attempt as failed until it is forgiven. @throws when the account had too many */
  admit(email: string): Promise<void>;
  forgive(email: string): Promise<void>;
}

export interface LogInPorts extends SessionPorts {
  database: Database;
  attempts: LoginAttempts;
  /** Checks a password; without a hash it takes the same time and says no. */
  matches(password: string, passwordHash: string | undefined, signal?: AbortSignal): Promise<boolean>;
}

/** Opens a session. @throws when e-mail or password is wrong, or too many logins of the account have failed */
export async function logIn(
  ports: LogInPorts,
  { email, password }: { email: string; password: string },
  signal?: AbortSignal,
): Promise<Session> {
  const { database, attempts, matches, clock, ids } = ports;
  await attempts.admit(email);
  const user = await database.readPrimary((reading) => findUserByEmail(reading, email));
  const matched = await matches(password, user?.passwordHash, signal);
  if (user === undefined || !matched) throw credentialsInvalid();
  await attempts.forgive(email);

  const now = clock.now();
  const token = newToken(ports, now);
  const row = { ...token.row, userId: user.id, familyId: ids.next() };
  const store = async (tx: Tx) => {
    await insertRefreshToken(tx, row, now);
    return true;
  };
  await database.transaction('log-in', store, {
    settle: async (tx) => ((await isRefreshTokenStored(tx, row.id)) ? true : undefined),
  });
  return sessionOf(ports, { userId: user.id, role: user.role }, token.secret, now);
}
