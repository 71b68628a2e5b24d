export { createSigningKeys } from './keys/create-signing-keys.ts';
export { loadSigningKeys, type Signer, type SigningKeys } from './keys/load-signing-keys.ts';
export { type AccessTokenClaims, mintAccessToken } from './keys/mint-access-token.ts';
