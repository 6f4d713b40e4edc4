-- Stores what a caller holds to be true; never refused. The entry gets the largest stamp around:
-- its own, that of the entry before it, the bucket's begun.
--
-- KEYS    1 entry, 2 marker of its bucket
-- ARGV    1 the encoded entry, 2 its stamp, 3 its hard expiry (Unix time, ms)
-- Returns {created, stamp}: created is 1 when there was no entry before
-- Cost    O(length of the entry)
--
-- Stamps are at most 52 bits, so numbers, which are doubles here, hold them exactly.

local stamp = tonumber(ARGV[2])
local value = ARGV[1]
local created = 1
local highest = stamp

local head = redis.call('GETRANGE', KEYS[1], 0, 11)
if #head == 12 and string.byte(head) == 1 then
    created = 0
    highest = math.max(highest, (struct.unpack('>I8', head, 5)))
end
local marker = redis.call('GETRANGE', KEYS[2], 0, 7)
if #marker == 8 then
    highest = math.max(highest, (struct.unpack('>I8', marker)))
end

if highest > stamp then
    value = string.sub(value, 1, 4) .. struct.pack('>I8', highest) .. string.sub(value, 13)
end
redis.call('SET', KEYS[1], value, 'PXAT', ARGV[3])
return {created, highest}
