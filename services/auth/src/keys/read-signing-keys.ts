import { readFile } from 'node:fs/promises';
import { KeyFileError } from './key-file-error.ts';
import { isPem, readPemKeys } from './read-pem-keys.ts';
import { type SigningKey, signingKeysFile } from './signing-key.ts';

/**
 * The keys of a file, JSON or PEM, in the file's order. Rejects when it cannot be read.
 * @throws KeyFileError when it is none of both, or holds a key that cannot sign
 */
export async function readSigningKeys(path: string): Promise<SigningKey[]> {
  const text = await readFile(path, 'utf8');
  const result = signingKeysFile.safeParse(isPem(text) ? { keys: await readPemKeys(text) } : parsed(text));
  if (result.success) return result.data.keys;
  const [issue] = result.error.issues;
  throw new KeyFileError(`${issue?.path.join('.') || 'keys'}: ${issue?.message}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeyFileError('it is neither JSON, as rotate-keys makes it, nor PEM');
  }
}
