-- What the account knows of an entry.
--
-- KEYS    1 entry, 2 marker of its bucket
-- ARGV    1 policy of the entry: a letter, as in account.lua
-- Returns {its first 64 KiB, its size, how often it was read (roughly), seconds since it was used
--         last}, or nothing where there is no such entry
-- Cost    O(1)

local idle = redis.call('OBJECT', 'IDLETIME', KEYS[1])
local head = redis.call('GETRANGE', KEYS[1], 0, 65535)
local bucket = open(KEYS[2])
if not isLive(bucket, head) then
    return {}
end
local size = redis.call('STRLEN', KEYS[1])
if string.byte(head, 2) > 2 then
    size = size + struct.unpack('>I8', redis.call('GETRANGE', KEYS[1], -8, -1))
end
local place = tonumber(redis.call('ZSCORE', bucket.ord, memberOf(bucket, KEYS[1])))
if place and ARGV[1] == 'l' then
    idle = math.max(0, math.min(idle, math.floor((bucket.now - place) / 1000000)))
end
local reads = place and 2 ^ (place % 64 / 3) - 1 or 0
return {head, size, math.floor(reads + 0.5), idle}
