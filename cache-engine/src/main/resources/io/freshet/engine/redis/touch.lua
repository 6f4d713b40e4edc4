-- Notes that entries were read: in the order, and, where their place in it does not tell when, in
-- what Redis knows of their use.
--
-- KEYS    1 marker
-- ARGV    1 milliseconds since they were read; then for each entry: its key, its policy (a letter,
--         as in account.lua), how often it was read
-- Returns how many of them were there
-- Cost    O(entries, each with the logarithm of those in the bucket)

local bucket = open(KEYS[1])
local at = bucket.now - tonumber(ARGV[1]) * 1000
local found = 0
redis.call('PERSIST', KEYS[1])
for i = 2, #ARGV, 3 do
    local before = tonumber(redis.call('ZSCORE', bucket.ord, ARGV[i]))
    if before then
        found = found + 1
        local place = placed(bucket, before, ARGV[i + 1], tonumber(ARGV[i + 2]), at)
        redis.call('ZADD', bucket.ord, 'XX', string.format('%.0f', place), ARGV[i])
        if ARGV[i + 1] ~= 'l' then
            redis.call('TOUCH', bucket.entries .. ARGV[i])
        end
    end
end
return found
