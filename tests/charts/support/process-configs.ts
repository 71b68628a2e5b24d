import { type Environment, loadConfig } from '@onsale/platform/service';
import type { z } from 'zod';
import { failoverConfig, watchConfig } from '../../../operations/src/failover/failover-config.ts';
import { provisionConfig } from '../../../operations/src/provision/provision-config.ts';
import { smokeConfig } from '../../../operations/src/smoke/smoke-config.ts';
import { topicsConfig } from '../../../operations/src/topics/topics-config.ts';
import { loadSeedConfig } from '../../../seed/src/config.ts';
import { auditConfig } from '../../../services/audit/src/config.ts';
import { authConfig } from '../../../services/auth/src/config.ts';
import { bestsellerConfig } from '../../../services/bestseller/src/config.ts';
import { dataPlatformConfig } from '../../../services/data-platform/src/config.ts';
import { gatewayConfig } from '../../../services/gateway/src/config.ts';
import { orderConfig } from '../../../services/order/src/config.ts';
import { pointConfig } from '../../../services/point/src/config.ts';
import { productConfig } from '../../../services/product/src/config.ts';

type Load = (environment: Environment) => unknown;

const by =
  (schema: z.ZodType): Load =>
  (environment) =>
    loadConfig(schema, environment);

/** How each program of the image reads its environment, by the file that is started. */
export const processConfigs: Readonly<Record<string, Load>> = {
  'services/auth/src/main.ts': by(authConfig),
  'services/product/src/main.ts': by(productConfig),
  'services/point/src/main.ts': by(pointConfig),
  'services/order/src/main.ts': by(orderConfig),
  'services/bestseller/src/main.ts': by(bestsellerConfig),
  'services/data-platform/src/main.ts': by(dataPlatformConfig),
  'services/gateway/src/main.ts': by(gatewayConfig),
  'services/audit/src/main.ts': by(auditConfig),
  'operations/src/provision.ts': by(provisionConfig),
  'operations/src/topics.ts': by(topicsConfig),
  'operations/src/smoke.ts': by(smokeConfig),
  // Those that watch are elected, and read more.
  'operations/src/failover.ts': (environment) =>
    loadConfig<unknown>(environment.ELECTION ? watchConfig : failoverConfig, environment),
  'seed/src/main.ts': loadSeedConfig,
};

/**
 * The names of the variables that a program looks up when it reads this environment.
 * @throws ConfigError as the program would
 */
export function namesRead(load: Load, values: Readonly<Record<string, string>>): ReadonlySet<string> {
  const names = new Set<string>();
  load(
    new Proxy<Record<string, string>>(values, {
      get(target, name) {
        if (typeof name !== 'string') return undefined;
        names.add(name);
        return target[name];
      },
    }),
  );
  return names;
}
