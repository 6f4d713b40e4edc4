-- Stores what a caller holds to be true; refused only when it does not fit. The entry gets the
-- largest stamp around: its own, that of the entry before it, the bucket's begun.
--
-- KEYS    1 entry, 2 marker of its bucket
-- ARGV    1 the encoded entry, 2 its stamp, 3 its hard expiry (Unix time, ms)
--         4.. the terms of its namespace: see terms.lua
-- Returns {0, stamp, header, marker}: the header of the entry before, empty when there was none or
--         only an expired one; the marker, empty when there is none
--         {2, entries, bytes} full: the bucket's quota lacks that much
-- Cost    O(length of the entry + log entries of the bucket), for each that has to go
--
-- Stamps are at most 52 bits, so numbers, which are doubles here, hold them exactly.

local bucket, terms = admit(KEYS[2], ARGV, 4)
local stamp = tonumber(ARGV[2])
local value = ARGV[1]
local highest = stamp

local head = redis.call('GETRANGE', KEYS[1], 0, 255)
if #head >= 12 and string.byte(head) == 1 then
    highest = math.max(highest, (struct.unpack('>I8', head, 5)))
end
if #bucket.marker >= 8 then
    highest = math.max(highest, (struct.unpack('>I8', bucket.marker)))
end

if highest > stamp then
    value = string.sub(value, 1, 4) .. struct.pack('>I8', highest) .. string.sub(value, 13)
end
local header = ''
if #head >= 50 and isLive(bucket, head) then
    local length = struct.unpack('>I2', head, 49)
    header = length <= #head and string.sub(head, 1, length)
        or redis.call('GETRANGE', KEYS[1], 0, length - 1)
end
local entries, bytes = store(bucket, terms, KEYS[1], value, tonumber(ARGV[3]), head)
if entries > 0 or bytes > 0 then
    return {2, entries, bytes}
end
return {0, highest, header, bucket.marker}
