import { serviceConfig } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';

/** What is read by Node, by OpenTelemetry's SDK and by our own start of it, and not by a service's schema. */
const read = /^(NODE_ENV|NODE_OPTIONS|UV_THREADPOOL_SIZE|TZ|LOG_LEVEL|OTEL_[A-Z_]+)$/;

/** The blocks that services share: a service that needs one part of a block may be given all of it. */
const shared = new Set([...Object.keys(serviceConfig), ...Object.keys(storesConfig)]);

/** Whether a variable is known to somebody other than the schema of the program it is given to. */
export function isKnownVariable(name: string): boolean {
  return read.test(name) || shared.has(name) || shared.has(name.replace(/_FILE$/, ''));
}
