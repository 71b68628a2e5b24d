import { pageOf, product } from '@onsale/contracts';
import { z } from 'zod';
import type { Ask } from './ask.ts';
import type { SmokeCheck } from './run-checks.ts';

const keySet = z.object({ keys: z.array(z.object({ kid: z.string(), alg: z.literal('EdDSA') })).min(1) });
const reference = z.object({
  openapi: z.string().startsWith('3.1'),
  paths: z.object({ '/api/products': z.unknown(), '/api/orders': z.unknown() }),
});
const refusal = z.object({ code: z.literal('token-missing') });

/** What anybody may look at; nothing is changed by it. */
export const lookingChecks = (ask: Ask): SmokeCheck[] => [
  {
    promise: 'the catalogue is there',
    run: async () => void (await ask({ path: '/api/products?limit=3', status: 200, answer: pageOf(product) })),
  },
  {
    promise: 'the keys of access tokens are published',
    run: async () => void (await ask({ path: '/.well-known/jwks.json', status: 200, answer: keySet })),
  },
  {
    promise: 'the API is described',
    run: async () => void (await ask({ path: '/openapi.json', status: 200, answer: reference })),
  },
  {
    promise: 'orders are not for those without a token',
    run: async () => void (await ask({ path: '/api/orders?userId=nobody', status: 401, answer: refusal })),
  },
];
