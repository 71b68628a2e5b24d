/**
 * Rotates the keys that sign access tokens: `node src/rotate-keys.ts <file> [--publish-seconds 600] [--token-ttl-seconds 900]`.
 * Creates the file when it is missing. Running services re-read it by themselves.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { rotateKeyFile } from './keys/rotate-key-file.ts';

const seconds = z.coerce.number().int().min(0).max(86_400);
const options = z.object({ 'publish-seconds': seconds.default(600), 'token-ttl-seconds': seconds.default(900) });

async function rotate(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'publish-seconds': { type: 'string' }, 'token-ttl-seconds': { type: 'string' } },
  });
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new Error('give the path of the file of signing keys');
  const times = options.parse(values);
  const rotation = await rotateKeyFile(path, new Date(), {
    publishSeconds: times['publish-seconds'],
    tokenTtlSeconds: times['token-ttl-seconds'],
  });
  if (rotation.created) return `${path}: created with one key`;
  const signsFrom = `signs from ${rotation.activeFrom.toISOString()}`;
  return `${path}: added ${rotation.added.join(', ')} (${signsFrom}), dropped ${rotation.dropped.length}`;
}

try {
  process.stdout.write(`${await rotate()}\n`);
} catch (error) {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`rotate-keys: ${reason.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = 1;
}
