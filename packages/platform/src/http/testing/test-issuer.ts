import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** A new Ed25519 key. */
export async function createKey(kid: string): Promise<SigningKey> {
  return { kid, ...(await generateKeyPair('EdDSA', { extractable: true })) };
}

/** What a minted token says; good where nothing is given. */
export interface Minting {
  sub?: string;
  role?: unknown;
  issuer?: string;
  audience?: string;
  expiresAt?: Date;
  issuedAt?: Date;
}

/** An access token signed with that key. */
export function mintWith(key: SigningKey, minting: Minting = {}): Promise<string> {
  const { sub = 'u1', role = 'user', issuer = 'onsale', audience = 'onsale' } = minting;
  const payload: JWTPayload = { role };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(minting.issuedAt ?? new Date())
    .setExpirationTime(minting.expiresAt ?? new Date(Date.now() + 60_000))
    .sign(key.privateKey);
}

/** An issuer of tokens for tests: one key, and a server that publishes it. */
export async function startTestIssuer() {
  const key = await createKey('k1');
  const state = { published: [key], mode: 'well' as 'well' | 'hangs' | 'fails' | 'nonsense', looks: 0 };
  const server = createServer(async (_request, response) => {
    state.looks += 1;
    if (state.mode === 'hangs') return;
    if (state.mode === 'fails') return void response.writeHead(500).end();
    if (state.mode === 'nonsense') return void response.end('{"keys":"none"}');
    const jwks = state.published.map(async ({ kid, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg: 'EdDSA',
      use: 'sig',
    }));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: await Promise.all(jwks) }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    key,
    state,
    jwksUrl: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    mint: (minting?: Minting) => mintWith(key, minting),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
