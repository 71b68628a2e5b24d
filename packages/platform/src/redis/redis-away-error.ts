/** Redis failed a moment ago, and is not asked again yet. */
export class RedisAwayError extends Error {
  override readonly name = 'RedisAwayError';

  constructor() {
    super('Redis is away');
  }
}
