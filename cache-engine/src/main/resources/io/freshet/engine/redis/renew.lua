-- Begins the time of a lock anew, for its holder.
--
-- KEYS    1 lock
-- ARGV    1 token, 2 for how long it is granted (ms)
-- Returns 1 when it is held with this token, else 0
-- Cost    O(1)

if redis.call('HGET', KEYS[1], 't') ~= ARGV[1] then
    return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
