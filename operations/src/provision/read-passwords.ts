import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@onsale/platform/service';
import { type ProvisionConfig, userNames } from './provision-config.ts';

/**
 * The password of each user, from the file of that name; white space around it is not part of it.
 * @throws ConfigError that names every user without one
 */
export function readPasswords(config: ProvisionConfig): (user: string) => string {
  const folder = config.PROVISION_PASSWORDS_FOLDER;
  const passwords = new Map(userNames(config).map((user) => [user, readPassword(join(folder, user))]));
  const without = [...passwords].flatMap(([user, password]) => (password === '' ? [user] : []));
  if (without.length > 0) {
    throw new ConfigError(`PROVISION_PASSWORDS_FOLDER: ${folder} has no password of ${without.join(', ')}`);
  }
  return (user) => passwords.get(user) ?? '';
}

function readPassword(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
