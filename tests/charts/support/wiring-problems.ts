import { userNames } from '../../../operations/src/provision/provision-config.ts';
import { addressesOf } from './addresses-of.ts';
import { type AppProcess, mountedFolder, withFiles } from './app-process.ts';
import { isKnownVariable } from './known-variables.ts';
import type { Manifests } from './manifests.ts';
import { namesRead, processConfigs } from './process-configs.ts';
import { targetsOf } from './service-target.ts';

/** What is wrong with a process's environment: what it names and is not there, and what its schema says of the rest. */
export function environmentProblems(process: AppProcess, manifests: Manifests, folder: string): string[] {
  if (process.missing.length > 0) return process.missing.map((what) => `${process.name}: ${what} is not there`);
  const load = processConfigs[process.program];
  if (!load) return [`${process.name}: starts ${process.program}, of which the test knows no configuration`];
  try {
    const values = withFiles(process, manifests, folder);
    const read = namesRead(load, values);
    // Without demo data the seed does not look at the catalogue's schema.
    const unused = values.SEED_DEMO === 'false' ? /^SEED_COMMERCE_/ : /^$/;
    const unknown = Object.keys(values).filter(
      (name) => !read.has(name) && !isKnownVariable(name) && !unused.test(name),
    );
    return unknown.map((name) => `${process.name}: nobody reads ${name}`);
  } catch (error) {
    return [`${process.name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Addresses behind which there is nothing; `outside` are those that the operator has elsewhere. */
export function addressProblems(
  process: AppProcess,
  manifests: Manifests,
  { namespace, outside }: { namespace: string; outside: ReadonlySet<string> },
): string[] {
  return addressesOf(process.values).flatMap(({ variable, host, port }) => {
    if (outside.has(`${host}:${port}`)) return [];
    try {
      targetsOf(manifests, host, port, namespace);
      return [];
    } catch (error) {
      return [`${process.name}: ${variable} is ${host}:${port}; ${error instanceof Error ? error.message : error}`];
    }
  });
}

const credentials = [
  ['DB_USER', 'DB_PASSWORD'],
  ['DB_MIGRATION_USER', 'DB_MIGRATION_PASSWORD'],
  ['AUDIT_AUTH_USER', 'AUDIT_AUTH_PASSWORD'],
  ['AUDIT_COMMERCE_USER', 'AUDIT_COMMERCE_PASSWORD'],
  ['SEED_AUTH_USER', 'SEED_AUTH_PASSWORD'],
  ['SEED_COMMERCE_USER', 'SEED_COMMERCE_PASSWORD'],
  ['FAILOVER_MYSQL_USER', 'FAILOVER_MYSQL_PASSWORD'],
] as const;

/** Users that nobody makes, and passwords that are not those they are made with. */
export function userProblems(process: AppProcess, users: Readonly<Record<string, string>>): string[] {
  return credentials.flatMap(([userName, passwordName]) => {
    const user = process.values[userName];
    if (user === undefined) return [];
    if (!(user in users)) return [`${process.name}: ${userName} is ${user}, whom nobody makes`];
    const same = process.values[passwordName] === users[user];
    return same ? [] : [`${process.name}: ${passwordName} is not the password that ${user} is made with`];
  });
}

/** The users that the provisioning process makes, with their passwords. @throws when one has no password */
export function provisionedUsers(provision: AppProcess, manifests: Manifests): Record<string, string> {
  const { PROVISION_PASSWORDS_FOLDER: folder = '', PROVISION_SCHEMAS = '', PROVISION_READERS = '' } = provision.values;
  const files = mountedFolder(provision, folder, manifests);
  const readers = PROVISION_READERS.split(',').filter(Boolean);
  const users = userNames({
    PROVISION_SCHEMAS: PROVISION_SCHEMAS.split(','),
    PROVISION_READERS: readers.map((reader) => ({ user: reader.split(':')[0] ?? '' })),
  });
  return Object.fromEntries(
    users.map((user) => {
      const password = files[user];
      if (!password) throw new Error(`${provision.name}: ${folder} has no password for ${user}`);
      return [user, password];
    }),
  );
}
