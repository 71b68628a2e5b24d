/** Why the seed could not be brought in, in one line. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}
