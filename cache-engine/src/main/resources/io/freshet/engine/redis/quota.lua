-- Changes the quota of a bucket. What is taken away is first what is free, then what the lowest
-- entries of the order make free; a bucket never holds more than its quota, and gives no more than
-- it says.
--
-- KEYS    1 marker
-- ARGV    1 largest number of entries of the namespace, 2 largest number of bytes; 0 for no bound
--         3 the share of this bucket in 1, 4 in 2, from which it begins
--         5 entries, 6 bytes to take away; below zero: to give
--         7 the highest place in the order from which entries may be evicted for it
-- Returns {entries, bytes} that were taken away; less than zero for what was given
-- Cost    O(evicted entries, each with the logarithm of those in the bucket)

local bucket = open(KEYS[1])
redis.call('PERSIST', KEYS[1])
bounded(bucket, tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
local entries = tonumber(ARGV[5])
local bytes = tonumber(ARGV[6])
local highest = tonumber(ARGV[7])

-- What could be taken away now; of what has no bound, anything.
local function free()
    return bucket.boundEntries > 0 and bucket.quotaEntries - countOf(bucket) or math.huge,
        bucket.boundBytes > 0 and bucket.quotaBytes - bucket.bytes or math.huge
end

local function part(wanted, bound, free)
    if bound == 0 then
        return 0
    end
    return wanted < 0 and wanted or math.max(0, math.min(wanted, free))
end

sweep(bucket, 20)
local freeEntries, freeBytes = free()
for _ = 1, 1000 do
    if freeEntries >= entries and freeBytes >= bytes then
        break
    end
    local goes, place = victim(bucket)
    if not goes or place > highest then
        break
    end
    remove(bucket, goes, 'size')
    freeEntries, freeBytes = free()
end
entries = part(entries, bucket.boundEntries, freeEntries)
bytes = part(bytes, bucket.boundBytes, freeBytes)
bucket.quotaEntries = bucket.quotaEntries - entries
bucket.quotaBytes = bucket.quotaBytes - bytes
save(bucket)
return {entries, bytes}
