import { type AnyRoute, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { SigningKeys } from '../keys/load-signing-keys.ts';

const jwks = z
  .object({
    keys: z.array(
      z.object({
        kty: z.string(),
        crv: z.string(),
        x: z.string(),
        kid: z.string(),
        alg: z.string(),
        use: z.string(),
      }),
    ),
  })
  .meta({ id: 'JsonWebKeySet' });

/** The public keys of access tokens, those that will sign soon included. */
export function jwksRoute(keys: () => Promise<SigningKeys>, maxAgeSeconds: number): AnyRoute {
  return route({
    method: 'get',
    path: '/.well-known/jwks.json',
    summary: 'The public keys of access tokens (RFC 7517)',
    tag: 'auth',
    access: 'anyone',
    responses: { 200: { description: 'The keys', schema: jwks } },
    problems: [],
    async handle() {
      const headers = { 'Cache-Control': `public, max-age=${maxAgeSeconds}` };
      return { status: 200, body: (await keys()).jwks, headers };
    },
  });
}
