-- Some keys of a bucket, in the order of their expiry.
--
-- KEYS    1 marker
-- ARGV    1 the number in exp:{b} from which to go on, 2 how many of those at that very number are
--         known already, 3 how many to answer at the most
-- Returns pairs of a key and its number in exp:{b}; an empty key for one that has expired. Fewer
--         than asked for at the end
-- Cost    O(answered and known keys + log entries of the bucket)

local bucket = open(KEYS[1])
local from = tonumber(ARGV[1])
local known = tonumber(ARGV[2])
local soon = (math.floor(bucket.now / 1000000) - SINCE + 1) * SIZES
if from < soon then
    from = soon
    known = 0
end
local found = redis.call('ZRANGEBYSCORE', bucket.exp, string.format('%.0f', from), '+inf',
    'WITHSCORES', 'LIMIT', known, tonumber(ARGV[3]))
for i = 1, #found, 2 do
    -- Within its last second it may be over: Redis knows, with the grace that it was given.
    if tonumber(found[i + 1]) < soon + SIZES
        and redis.call('PTTL', bucket.entries .. found[i]) <= GRACE then
        found[i] = ''
    end
end
return found
