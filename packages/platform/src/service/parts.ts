import { ConfigError } from './config-error.ts';
import type { Job, Parts } from './service-definition.ts';

/** Every part there is. */
export const everyPart: Parts = { has: () => true };

/** The names in a comma-separated list, or undefined for an empty one. */
export function partNames(list: string | undefined): string[] | undefined {
  const names = (list ?? '').split(',').map((name) => name.trim());
  const given = names.filter((name) => name !== '');
  return given.length > 0 ? given : undefined;
}

/** @throws ConfigError when a part is asked for that the service does not have */
export function assertKnownParts(asked: readonly string[], jobs: readonly Job[]): void {
  const known = ['http', 'migrate', ...jobs.map(({ part }) => part)];
  const strangers = asked.filter((part) => !known.includes(part));
  if (strangers.length === 0) return;
  throw new ConfigError(`PARTS: no part is called ${strangers.join(', ')}; there are ${known.join(', ')}`);
}
