import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authService } from '@onsale/auth';
import { createSigningKeys, loadSigningKeys, mintAccessToken } from '@onsale/auth/keys';
import { gatewayService } from '@onsale/gateway';
import { gatewayRoutesOf } from '@onsale/local';
import { type RunningService, startService } from '@onsale/platform/service';
import { inventory } from '../../services/inventory.ts';
import { freePort } from './free-port.ts';
import { type FreshSchema, freshSchema } from './fresh-schema.ts';
import type { Shop } from './shop.ts';
import { startRedis } from './start-redis.ts';
import { startShop } from './start-shop.ts';

/** The shop with auth, behind the gateway: what a client sees, in this process. */
export interface Front {
  /** The gateway's address. */
  readonly url: string;
  readonly gateway: RunningService;
  readonly auth: RunningService;
  readonly authSchema: FreshSchema;
  readonly shop: Shop;
  /** A token as auth would sign it; `ttlSeconds` below 0 makes one that has expired. */
  mint(claims: { sub: string; role?: 'user' | 'admin'; ttlSeconds?: number; audience?: string }): Promise<string>;
  stop(): Promise<void>;
}

export async function startFront(): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-keys-'));
  const keysFile = join(folder, 'keys.json');
  await createSigningKeys(keysFile, new Date());
  const signingKeys = await loadSigningKeys(keysFile);
  const mint: Front['mint'] = ({ sub, role = 'user', ttlSeconds = 600, audience = 'onsale' }) =>
    mintAccessToken(signingKeys, { userId: sub, role, issuer: 'onsale', audience, ttlSeconds }, new Date());

  const [authSchema, redis] = await Promise.all([freshSchema('auth'), startRedis()]);
  const env = { REDIS_LOCK_URL: redis.url, REDIS_CACHE_URL: redis.url, LOG_LEVEL: 'error' };
  // Auth guards a route too, by the keys it publishes itself: its address must be known before it starts.
  const port = await freePort();
  const jwksUrl = `http://127.0.0.1:${port}/.well-known/jwks.json`;
  const auth = await startService(authService, {
    env: { ...env, ...authSchema.env, AUTH_SIGNING_KEYS_FILE: keysFile, HTTP_PORT: String(port), JWKS_URL: jwksUrl },
    parts: ['http', 'migrate'],
  });
  const shop = await startShop({
    keys: { jwksUrl, mint, close: async () => undefined },
    bestseller: { parts: ['http', 'migrate'] },
  });
  const upstream = (service: RunningService) => [{ url: service.url, health: `${service.managementUrl}/readyz` }];
  const gateway = await startService(gatewayService, {
    env: {
      ...env,
      JWKS_URL: jwksUrl,
      GATEWAY_USER_LIMIT: '1000000',
      GATEWAY_ADDRESS_LIMIT: '1000000',
      GATEWAY_ROUTES: JSON.stringify(inventory.flatMap(gatewayRoutesOf)),
      GATEWAY_UPSTREAMS: JSON.stringify({
        auth: upstream(auth),
        product: upstream(shop.product),
        point: upstream(shop.point),
        order: shop.orders.flatMap(upstream),
        bestseller: upstream(shop.bestseller),
      }),
    },
  });
  return {
    url: gateway.url,
    gateway,
    auth,
    authSchema,
    shop,
    mint,
    stop: async () => {
      await gateway.stop();
      await auth.stop();
      await authSchema.close();
      await Promise.all([shop.stop(), redis.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}
