/** No server that was asked takes writes. */
export class NoPrimaryError extends Error {
  override readonly name = 'NoPrimaryError';
}
