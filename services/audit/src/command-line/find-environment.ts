import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AuditError } from '../snapshot/audit-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const localEnvironment = z.object({ env: z.record(z.string(), z.string()) });

async function readLocal(path: string): Promise<Environment> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new AuditError(`no AUDIT_ variable is set and there is no local platform (${path}): npm start makes one`, {
      cause: error,
    });
  }
  try {
    return localEnvironment.parse(JSON.parse(text)).env;
  } catch (error) {
    throw new AuditError(`${path} is damaged: start the local platform again`, { cause: error });
  }
}

/** The given environment if it speaks of the schemas at all, else what the local platform left for the audit. */
export async function findEnvironment(given: Environment): Promise<Environment> {
  const named = (schema: string) => new RegExp(`^AUDIT_${schema}_`);
  const names = Object.keys(given);
  if (names.some((name) => named('COMMERCE').test(name) || named('AUTH').test(name))) return given;
  const folder = given.ONSALE_DATA_FOLDER || '.onsale';
  return { ...(await readLocal(join(folder, 'audit.env.json'))), ...given };
}
