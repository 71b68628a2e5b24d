/** What is wrong with a file of signing keys, in words that may be shown: they hold nothing of a key. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}
