-- Sweeps what has expired, evicts what is above the quota since the bounds are narrower than they
-- were, and answers the account of a bucket.
--
-- KEYS    1 marker
-- ARGV    1 largest number of entries of the namespace, 2 largest number of bytes; 0 for no bound
--         3 the share of this bucket in 1, 4 in 2, from which it begins
--         5 how many entries to remove at the most
-- Returns {entries, bytes, quota of entries, quota of bytes, place of the entry that goes first or
--         -1 where none may go, its size, then evicted entries by cause: expired, size, policy,
--         invalidated, replaced; then how many were swept now}
-- Cost    O(removed entries, each with the logarithm of those in the bucket)

local bucket = open(KEYS[1])
bounded(bucket, tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
local size = bucket.size
local swept = sweep(bucket, tonumber(ARGV[5]))
shrink(bucket, 0, 0, nil, tonumber(ARGV[5]))
if swept > 0 or bucket.size > size then
    save(bucket)
end
local goes, place = victim(bucket)
local note = goes and noteOf(bucket, goes)
return {
    countOf(bucket), bucket.bytes, bucket.quotaEntries, bucket.quotaBytes, place or -1,
    note and sizeOf(note) or 0, bucket.expired, bucket.size, bucket.policy,
    bucket.invalidated, bucket.replaced, swept
}
