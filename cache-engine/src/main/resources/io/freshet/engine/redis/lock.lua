-- Claims a lock, until a token is drawn for it.
--
-- KEYS    1 lock
-- ARGV    1 holder
--         2 how long the claim stands (ms)
--         3 channel on which the claimant hears that the lock is free
-- Returns {0} taken
--         {1, left} held by another, for left ms at the most
-- Cost    O(1)
--
-- A lock is a hash: 'h' its holder, 't' its token once it is granted, 'w:' and a channel for each
-- node that waits.

if redis.call('HEXISTS', KEYS[1], 'h') == 1 then
    redis.call('HSET', KEYS[1], 'w:' .. ARGV[3], '')
    return {1, redis.call('PTTL', KEYS[1])}
end
redis.call('HSET', KEYS[1], 'h', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {0}
