import { join } from 'node:path';
import { inventory } from '../../../services/inventory.ts';
import { checkout } from '../checkout.ts';
import { restartPolicy } from '../services/restart-policy.ts';
import { type ServiceProcess, type Supervision, serviceProcess } from '../services/service-process.ts';
import { type Instance, managementUrlOf, urlOf } from './instance.ts';
import { type Backing, type Environment, environmentOf, serviceArguments } from './topology.ts';

export interface BuildServices {
  readonly instances: readonly Instance[];
  readonly backing: Backing;
  readonly logs: string;
  /** For every service. */
  readonly environment: Environment;
  /** For one service, over all else. */
  readonly overrides: Readonly<Record<string, Environment>>;
  readonly supervision: Omit<Supervision, 'restarts'>;
}

const readyTimeoutMs = 60_000;
// Longer than a service's own budget to drain.
const stopTimeoutMs = 15_000;
const restarts = { limit: 5, windowMs: 60_000 };

/** The processes of all instances, not started yet, by service. */
export function buildServices(options: BuildServices): ReadonlyMap<string, readonly ServiceProcess[]> {
  const { instances, backing, logs, environment, overrides, supervision } = options;
  const build = (instance: Instance): ServiceProcess =>
    serviceProcess(
      {
        name: instance.name,
        args: serviceArguments(instance.service),
        cwd: checkout,
        environment: {
          ...environment,
          ...environmentOf(instance, { inventory, instances, backing }),
          ...overrides[instance.service],
        },
        logFile: join(logs, `${instance.name}.log`),
        url: urlOf(instance),
        managementUrl: managementUrlOf(instance),
        readyTimeoutMs,
        stopTimeoutMs,
      },
      { ...supervision, restarts: restartPolicy({ ...restarts, now: () => performance.now() }) },
    );
  const names = [...new Set(instances.map(({ service }) => service))];
  return new Map(names.map((name) => [name, instances.filter(({ service }) => service === name).map(build)]));
}
