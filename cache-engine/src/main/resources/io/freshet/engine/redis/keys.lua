-- A page of the keys of a bucket, in the order of their expiry.
--
-- KEYS    1 marker
-- ARGV    1 the number in exp:{b} from which to go on, 2 how many of those at that very number are
--         known already, 3 how many to answer at the most
-- Returns {number from which to go on, how many at it are known, then keys}; the number is -1 at the
--         end
-- Cost    O(answered keys + log entries of the bucket)

local bucket = open(KEYS[1])
local from = tonumber(ARGV[1])
local soon = math.floor(bucket.now / 1000000) - SINCE + 1
local known = tonumber(ARGV[2])
if from < soon * SIZES then
    from = soon * SIZES
    known = 0
end
local wanted = tonumber(ARGV[3])
local found = redis.call('ZRANGEBYSCORE', bucket.exp, string.format('%.0f', from), '+inf',
    'WITHSCORES', 'LIMIT', known, wanted)
local answer = {'-1', '0'}
local last = from
for i = 1, #found, 2 do
    local number = tonumber(found[i + 1])
    known = number == last and known + 1 or 1
    last = number
    -- Within its last second it may be over: Redis knows, with the grace that it was given.
    if number >= (soon + 1) * SIZES
        or redis.call('PTTL', bucket.entries .. found[i]) > GRACE then
        answer[#answer + 1] = found[i]
    end
end
if #found / 2 >= wanted then
    answer[1] = string.format('%.0f', last)
    answer[2] = tostring(known)
end
return answer
