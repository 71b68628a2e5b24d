import { longestSchemaName, longestUserName, plainName, usersOf } from '@onsale/platform/provisioning';
import { wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';

const nameOf = (longest: number) => {
  const rule = `names must be a-z, 0-9 and _, start with a letter, and have at most ${longest} characters`;
  return z.string().max(longest, rule).regex(plainName, rule);
};
const schemaName = nameOf(longestSchemaName);

const split = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const reader = z
  .string()
  .regex(/^[^:]+:[^:]+$/, 'must be user:schema+schema, separated by commas')
  .transform((text) => {
    const [user = '', schemas = ''] = text.split(':');
    return { user: user.trim(), schemas: split(schemas, '+') };
  })
  .pipe(z.object({ user: nameOf(longestUserName), schemas: z.array(schemaName).min(1) }));

const listOf = <Entry extends z.ZodType<unknown, string>>(entry: Entry) =>
  z
    .string()
    .transform((text) => split(text, ','))
    .pipe(z.array(entry));

/** The environment of `provision`: a server, who may change its users, and what it is to hold. */
export const provisionConfig = z
  .object({
    PROVISION_MYSQL_HOST: z.string().min(1),
    PROVISION_MYSQL_PORT: wholeNumber(1, 65_535).default(3306),
    PROVISION_MYSQL_USER: z.string().min(1).default('root'),
    PROVISION_MYSQL_PASSWORD: z.string(),
    /** PEM file of the authority that signed the server's certificate: turns TLS on. */
    PROVISION_MYSQL_CA_FILE: z.string().min(1).optional(),
    /** Separated by commas; each gets the users `<schema>_app` and `<schema>_migrator`. */
    PROVISION_SCHEMAS: listOf(schemaName).pipe(z.array(z.string()).min(1, 'must name a schema')),
    /** user:schema+schema, separated by commas: who may only read. */
    PROVISION_READERS: listOf(reader).default([]),
    /** Holds a file a user, named as the user is, with the password in it. */
    PROVISION_PASSWORDS_FOLDER: z.string().min(1),
    /** From where the users may come, as MySQL writes it. */
    PROVISION_ACCOUNT_HOST: z
      .string()
      .regex(/^[A-Za-z0-9.:%_/-]{1,255}$/, 'must be a host as MySQL writes it, such as % or 10.0.0.%')
      .default('%'),
    /** Whether the users are let in over TLS alone. */
    PROVISION_REQUIRE_TLS: z
      .enum(['true', 'false'], { error: 'must be true or false' })
      .default('true')
      .transform((text) => text === 'true'),
    /** How long the primary may take to answer and to take writes. */
    PROVISION_WAIT_SECONDS: wholeNumber(0, 3_600).default(300),
  })
  .refine(({ PROVISION_REQUIRE_TLS: tls, PROVISION_MYSQL_CA_FILE: ca }) => !tls || ca !== undefined, {
    path: ['PROVISION_MYSQL_CA_FILE'],
    message: 'must be set while PROVISION_REQUIRE_TLS is true',
  })
  .refine((config) => new Set(userNames(config)).size === userNames(config).length, {
    path: ['PROVISION_READERS'],
    message: 'no user may be named twice',
  });

interface Named {
  readonly PROVISION_SCHEMAS: readonly string[];
  readonly PROVISION_READERS: readonly { readonly user: string }[];
}

/** All users that are made. */
export function userNames({ PROVISION_SCHEMAS, PROVISION_READERS }: Named): string[] {
  return [
    ...PROVISION_SCHEMAS.flatMap((schema) => Object.values(usersOf(schema))),
    ...PROVISION_READERS.map(({ user }) => user),
  ];
}

export type ProvisionConfig = z.output<typeof provisionConfig>;
