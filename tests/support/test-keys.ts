import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TestKeys {
  readonly jwksUrl: string;
  /** An access token that services accept: it is valid for ten minutes. */
  mint(claims: { sub: string; role?: 'user' | 'admin' }): Promise<string>;
  close(): Promise<void>;
}

/** A signing key and a server of its JWKS, as the auth service would have them. */
export async function testKeys(): Promise<TestKeys> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const kid = 'test';
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] });
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the JWKS server has no port');
  return {
    jwksUrl: `http://127.0.0.1:${address.port}/jwks.json`,
    mint: ({ sub, role = 'user' }) =>
      new SignJWT({ role })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(sub)
        .setIssuer('onsale')
        .setAudience('onsale')
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
