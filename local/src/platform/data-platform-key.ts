import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivateJson } from '../data-folder.ts';

const schema = z.object({ key: z.string().min(1) });

const keyBytes = 24;

/** The key of the external data platform: made at the first start and kept in the file, for this user alone. */
export function ensureDataPlatformKey(file: string): string {
  if (existsSync(file)) return schema.parse(JSON.parse(readFileSync(file, 'utf8'))).key;
  const key = randomBytes(keyBytes).toString('base64url');
  writePrivateJson(file, { key });
  return key;
}
