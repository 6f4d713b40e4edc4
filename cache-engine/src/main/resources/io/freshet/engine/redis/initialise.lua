-- Creates the marker of a bucket unless it has one.
--
-- KEYS    1 marker
-- ARGV    1 begun and applied, 2 nextOffset
-- Returns the marker that the bucket has now, 32 bytes
-- Cost    O(1)
--
-- The first write is one that Redis takes even when its memory is full; those after it in a script
-- are then taken too.

local marker = redis.call('GET', KEYS[1])
if marker and #marker == 32 then
    return marker
end
redis.call('PERSIST', KEYS[1])
local stamp = tonumber(ARGV[1])
marker = struct.pack('>I8I8I8I8', stamp, stamp, tonumber(ARGV[2]), 0)
redis.call('SET', KEYS[1], marker)
return marker
