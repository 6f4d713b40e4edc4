-- Stores an entry that was read from a source, unless it comes too late.
--
-- KEYS    1 entry, 2 marker of its bucket
-- ARGV    1 the encoded entry, 2 its stamp, 3 its hard expiry (Unix time, ms)
-- Returns {0} stored
--         {1, begun} refused: an eviction at begun has begun and the entry is older
--         {2} superseded: an entry with a larger stamp is there
--         {3} uninitialised: the bucket has no marker
-- Cost    O(length of the entry)
--
-- Stamps are at most 52 bits, so numbers, which are doubles here, hold them exactly.

local marker = redis.call('GETRANGE', KEYS[2], 0, 7)
if #marker < 8 then
    return {3}
end
local stamp = tonumber(ARGV[2])
local begun = struct.unpack('>I8', marker)
if stamp < begun then
    return {1, begun}
end

local head = redis.call('GETRANGE', KEYS[1], 0, 11)
if #head == 12 and string.byte(head) == 1 and struct.unpack('>I8', head, 5) > stamp then
    return {2}
end

redis.call('SET', KEYS[1], ARGV[1], 'PXAT', ARGV[3])
return {0}
