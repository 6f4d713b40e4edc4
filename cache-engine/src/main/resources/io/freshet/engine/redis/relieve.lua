-- Makes room in a Redis whose memory is full: evicts the lowest entries of the order.
--
-- KEYS    1 marker
-- ARGV    1 bytes that are to become free
--         2 the highest place in the order from which entries may be evicted
-- Returns bytes that became free, by the account
-- Cost    O(evicted entries, each with the logarithm of those in the bucket)

local bucket = open(KEYS[1])
redis.call('PERSIST', KEYS[1])
local wanted = tonumber(ARGV[1])
local highest = tonumber(ARGV[2])
local held = bucket.bytes
if sweep(bucket, 100) > 0 then
    save(bucket)
end
for _ = 1, 1000 do
    if held - bucket.bytes >= wanted then
        break
    end
    local goes, place = victim(bucket)
    if not goes or place > highest then
        break
    end
    remove(bucket, goes, 'policy')
end
if held > bucket.bytes then
    save(bucket)
end
return held - bucket.bytes
