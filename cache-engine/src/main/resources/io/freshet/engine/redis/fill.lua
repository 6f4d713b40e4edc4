-- Stores an entry that was read from a source, unless it comes too late or does not fit.
--
-- KEYS    1 entry, 2 marker of its bucket
-- ARGV    1 the encoded entry, 2 its stamp, 3 its hard expiry (Unix time, ms)
--         4.. the terms of its namespace: see terms.lua
-- Returns {0} stored
--         {1, begun} refused: an eviction at begun has begun and the entry is older
--         {2} superseded: an entry with a larger stamp is there
--         {3} uninitialised: the bucket has no marker
--         {4, entries, bytes} full: the bucket's quota lacks that much
-- Cost    O(length of the entry + log entries of the bucket), for each that has to go
--
-- Stamps are at most 52 bits, so numbers, which are doubles here, hold them exactly.

local bucket, terms = admit(KEYS[2], ARGV, 4)
if #bucket.marker < 8 then
    return {3}
end
local stamp = tonumber(ARGV[2])
local begun = struct.unpack('>I8', bucket.marker)
if stamp < begun then
    return {1, begun}
end

local head = redis.call('GETRANGE', KEYS[1], 0, 43)
if isLive(bucket, head) and struct.unpack('>I8', head, 5) > stamp then
    return {2}
end

local entries, bytes = store(bucket, terms, KEYS[1], ARGV[1], tonumber(ARGV[3]), head)
if entries > 0 or bytes > 0 then
    return {4, entries, bytes}
end
return {0}
