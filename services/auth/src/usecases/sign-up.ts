import type { Role } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import { DomainError } from '@onsale/platform/http';
import type { Clock, Ids } from '@onsale/platform/service';
import { insertUser, isUserStored } from '../persistence/users.ts';

export interface SignUpPorts {
  database: Database;
  clock: Clock;
  ids: Ids;
  hash(password: string, signal?: AbortSignal): Promise<string>;
}

/** A new account; `email` is already in lower case. */
export interface Registration {
  email: string;
  password: string;
  name: string;
  role: Role;
}

/** Makes an account. @throws DomainError 'email-taken' */
export async function signUp(
  { database, clock, ids, hash }: SignUpPorts,
  { email, password, name, role }: Registration,
  signal?: AbortSignal,
): Promise<{ userId: string }> {
  const user = { id: ids.next(), email, name, role, passwordHash: await hash(password, signal) };
  const { value: inserted } = await database.transaction('sign-up', (tx) => insertUser(tx, user, clock.now()), {
    settle: async (tx) => ((await isUserStored(tx, user.id)) ? true : undefined),
  });
  if (!inserted) throw new DomainError('conflict', 'email-taken', 'The e-mail address has an account');
  return { userId: user.id };
}
