import { signupBody } from '@onsale/contracts';
import { type Environment, loadConfig, wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';
import type { Admin } from './ensure-admin.ts';
import type { SchemaAddress } from './schema-address.ts';

const host = z.string().min(1);
const port = wholeNumber(1, 65_535).default(3306);
const user = z.string().min(1);
const caFile = z.string().min(1).optional();

const auth = z.object({
  SEED_AUTH_HOST: host,
  SEED_AUTH_PORT: port,
  SEED_AUTH_NAME: z.string().min(1).default('auth'),
  SEED_AUTH_USER: user,
  SEED_AUTH_PASSWORD: z.string(),
  /** PEM file of the authority that signed the server's certificate: turns TLS on. */
  SEED_AUTH_CA_FILE: caFile,
  SEED_ADMIN_EMAIL: signupBody.shape.email,
  SEED_ADMIN_PASSWORD: signupBody.shape.password,
  /** Whether there are to be demo products and demo users; the admin is seen to in any case. */
  SEED_DEMO: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .default('true')
    .transform((text) => text === 'true'),
  /** How long the schemas may take to be migrated. */
  SEED_WAIT_SECONDS: wholeNumber(0, 3_600).default(300),
});

const commerce = z.object({
  SEED_COMMERCE_HOST: host,
  SEED_COMMERCE_PORT: port,
  SEED_COMMERCE_NAME: z.string().min(1).default('commerce'),
  SEED_COMMERCE_USER: user,
  SEED_COMMERCE_PASSWORD: z.string(),
  SEED_COMMERCE_CA_FILE: caFile,
});

/** What is to be seeded, and where. Without demo data the catalogue's schema is not touched. */
export interface SeedConfig {
  readonly auth: SchemaAddress;
  readonly commerce?: SchemaAddress;
  readonly admin: Admin;
  readonly waitSeconds: number;
}

/** @throws ConfigError one line that names every bad variable and its rule, and no value */
export function loadSeedConfig(environment: Environment): SeedConfig {
  const people = loadConfig(auth, environment);
  const goods = people.SEED_DEMO ? loadConfig(commerce, environment) : undefined;
  return {
    auth: {
      host: people.SEED_AUTH_HOST,
      port: people.SEED_AUTH_PORT,
      database: people.SEED_AUTH_NAME,
      user: { user: people.SEED_AUTH_USER, password: people.SEED_AUTH_PASSWORD },
      caFile: people.SEED_AUTH_CA_FILE,
    },
    ...(goods && {
      commerce: {
        host: goods.SEED_COMMERCE_HOST,
        port: goods.SEED_COMMERCE_PORT,
        database: goods.SEED_COMMERCE_NAME,
        user: { user: goods.SEED_COMMERCE_USER, password: goods.SEED_COMMERCE_PASSWORD },
        caFile: goods.SEED_COMMERCE_CA_FILE,
      },
    }),
    admin: { email: people.SEED_ADMIN_EMAIL, password: people.SEED_ADMIN_PASSWORD },
    waitSeconds: people.SEED_WAIT_SECONDS,
  };
}
