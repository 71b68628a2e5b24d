export { type Clock, systemClock } from './clock.ts';
export { ConfigError } from './config-error.ts';
export { createUuidIds, type Ids, uuidIds } from './ids.ts';
export { type Environment, loadConfig } from './load-config.ts';
export { run } from './run.ts';
export { type ServiceConfig, serviceConfig } from './service-config.ts';
export type { Job, Parts, Service, ServiceContext, ServiceDefinition } from './service-definition.ts';
export { type RunningService, type StartOptions, startService } from './start-service.ts';
export { wholeNumber } from './whole-number.ts';
