-- Grants a lock to whoever has claimed it, if the claim has stood without a break.
--
-- KEYS    1 lock
-- ARGV    1 holder, 2 token, 3 for how long it is granted (ms)
-- Returns 1 when it is granted, else 0
-- Cost    O(1)

if redis.call('HGET', KEYS[1], 'h') ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 't', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
