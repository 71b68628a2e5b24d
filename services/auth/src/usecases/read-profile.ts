import type { Profile } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import { DomainError } from '@onsale/platform/http';
import { findUser } from '../persistence/users.ts';

/** Who a user is. @throws DomainError 'user-not-found' when the token outlived its account */
export async function readProfile(database: Database, userId: string): Promise<Profile> {
  const user = await database.readPrimary((reading) => findUser(reading, userId));
  if (user === undefined) throw new DomainError('missing', 'user-not-found', 'No such user');
  return { userId: user.id, email: user.email, name: user.name, role: user.role };
}
