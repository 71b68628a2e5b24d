import { loadSigningKeys, mintAccessToken } from '@onsale/auth/keys';
import type { Role } from '@onsale/contracts';

export interface Bearer {
  readonly userId: string;
  readonly role: Role;
}

/** Signs access tokens as the local platform's auth service would, without the password hashing of a login. */
export type MintToken = (bearer: Bearer) => Promise<string>;

const ttlSeconds = 3_600;

/** A minter with the keys of this file, which auth signs with as well. */
export function tokenMinter(signingKeysFile: string): MintToken {
  return async ({ userId, role }) => {
    const keys = await loadSigningKeys(signingKeysFile);
    return mintAccessToken(keys, { userId, role, issuer: 'onsale', audience: 'onsale', ttlSeconds }, new Date());
  };
}
