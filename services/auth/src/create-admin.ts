/**
 * Makes an administrator: `node src/create-admin.ts --email <e-mail> --name <name>`. The password comes from
 * ADMIN_PASSWORD, the file ADMIN_PASSWORD_FILE, or the standard input; the database from the service's variables.
 * Prints the user id.
 */
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { signupBody } from '@onsale/contracts';
import { databaseConfig, openDatabase } from '@onsale/platform/database';
import { loadConfig, systemClock, uuidIds } from '@onsale/platform/service';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import { z } from 'zod';
import { hashPassword } from './passwords/hash-password.ts';
import { signUp } from './usecases/sign-up.ts';

const environment = z.object({ ...databaseConfig, ADMIN_PASSWORD: z.string().optional() });

async function createAdmin(): Promise<string> {
  const { values } = parseArgs({ options: { email: { type: 'string' }, name: { type: 'string' } } });
  const config = loadConfig(environment, process.env);
  const password = config.ADMIN_PASSWORD ?? (await text(process.stdin)).trim();
  const admin = signupBody.parse({ ...values, password });
  const log = createLogger({ name: 'create-admin', level: 'warn' });
  const database = openDatabase({ config, log, metrics: createMetrics('create-admin') });
  try {
    const ports = { database, clock: systemClock, ids: uuidIds, hash: (secret: string) => hashPassword(secret) };
    const { userId } = await signUp(ports, { ...admin, role: 'admin' });
    return userId;
  } finally {
    await database.close();
  }
}

try {
  process.stdout.write(`${await createAdmin()}\n`);
} catch (error) {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`create-admin: ${reason.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = 1;
}
