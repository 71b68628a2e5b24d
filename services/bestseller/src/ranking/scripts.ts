// KEYS of all scripts: the day's sorted set, and its hash of versions. The hash has three fields more: `rebuilding`, the
// token of a rebuild under way; `counted`, the members that the set was given since the last one began, which tells a
// set that was evicted behind the hash's back; and `whole`, when the set has all the table has.

const put = `
local counted = 0
for i = first, #ARGV, 3 do
  local known = redis.call('HGET', KEYS[2], ARGV[i])
  if not known or tonumber(known) < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
    if tonumber(ARGV[i + 2]) > 0 then
      counted = counted + redis.call('ZADD', KEYS[1], '-' .. ARGV[i + 2], ARGV[i])
    else
      counted = counted - redis.call('ZREM', KEYS[1], ARGV[i])
    end
  end
end
if redis.call('HEXISTS', KEYS[2], 'counted') == 1 then redis.call('HINCRBY', KEYS[2], 'counted', counted) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return 1`;

/** ARGV: time to live, then product, version and quantity of each. What has this version or a newer one stays. */
export const updateScript = `local first = 2${put}`;

/** ARGV: time to live, token. Forgets what there was: until the end of the rebuild the set is not to be trusted. */
export const beginScript = `
redis.call('UNLINK', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[2], 'rebuilding', ARGV[2], 'counted', 0)
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return 1`;

const ours = `if redis.call('HGET', KEYS[2], 'rebuilding') ~= ARGV[2] then return 0 end`;

/** ARGV: time to live, token, then as {@link updateScript}. Answers 0 when the rebuild was overtaken or forgotten. */
export const pieceScript = `
${ours}
local first = 3${put}`;

/** ARGV: time to live, token. Answers 0 when the rebuild was overtaken or forgotten. */
export const endScript = `
${ours}
redis.call('HDEL', KEYS[2], 'rebuilding')
if tonumber(redis.call('HGET', KEYS[2], 'counted')) ~= redis.call('ZCARD', KEYS[1]) then return 0 end
redis.call('HSET', KEYS[2], 'whole', 1)
return 1`;

/** ARGV: how many. The first so many with their scores; nothing when the set is not whole. */
export const topScript = `
local marks = redis.call('HMGET', KEYS[2], 'whole', 'counted')
if not marks[1] or tonumber(marks[2]) ~= redis.call('ZCARD', KEYS[1]) then return false end
return redis.call('ZRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')`;

/** ARGV: products. Their versions and their scores, of one moment. */
export const lookScript = `
return { redis.call('HMGET', KEYS[2], unpack(ARGV)), redis.call('ZMSCORE', KEYS[1], unpack(ARGV)) }`;
