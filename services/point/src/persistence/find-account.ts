import type { Reading } from '@onsale/platform/database';
import type { PostedAccount } from './post-entries.ts';

/** The user's account as the reading sees it; a user who never charged has none. */
export async function findAccount(reading: Reading, userId: string): Promise<PostedAccount | undefined> {
  const [row] = await reading.rows<PostedAccount>(
    'SELECT user_id AS userId, balance, version FROM point_accounts WHERE user_id = :userId',
    { userId },
  );
  return row;
}
