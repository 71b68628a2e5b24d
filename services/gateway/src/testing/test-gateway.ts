import { type RunningService, startService } from '@onsale/platform/service';
import { gatewayService } from '../service.ts';
import type { InstanceAddress } from '../upstreams/instance.ts';

export interface TestGatewayOptions {
  upstreams: Readonly<Record<string, readonly { readonly address: InstanceAddress }[]>>;
  redisUrl: string;
  jwksUrl: string;
  /** More variables, or others. */
  env?: Readonly<Record<string, string>>;
}

/**
 * A gateway over upstreams: `/api/<service>` for users, `/open/<service>` for anyone, `/auth/<service>` for anyone
 * and counted by address.
 */
export function startGateway({ upstreams, redisUrl, jwksUrl, env }: TestGatewayOptions): Promise<RunningService> {
  const services = Object.keys(upstreams);
  const routes = services.flatMap((service) => [
    { prefix: `/api/${service}`, service, limit: 'user' },
    { prefix: `/open/${service}`, service, anonymous: true, limit: 'user' },
    { prefix: `/auth/${service}`, service, anonymous: true, limit: 'address' },
  ]);
  const addresses = Object.entries(upstreams).map(([service, instances]) => [
    service,
    instances.map(({ address }) => address),
  ]);
  return startService(gatewayService, {
    env: {
      LOG_LEVEL: 'silent',
      JWKS_URL: jwksUrl,
      REDIS_LOCK_URL: redisUrl,
      GATEWAY_ROUTES: JSON.stringify(routes),
      GATEWAY_UPSTREAMS: JSON.stringify(Object.fromEntries(addresses)),
      GATEWAY_HEALTH_INTERVAL_MS: '100',
      ...env,
    },
  });
}
