-- Evicts an entry ahead of the applier: begun rises first, so that no older fill comes after it.
--
-- KEYS    1 entry, 2 marker of its bucket
-- ARGV    1 killsBelow: the entry goes when it is stamped below it
-- Returns 1 when an entry was removed, else 0
-- Cost    O(log entries of the bucket)
--
-- The first write is one that Redis takes even when its memory is full; those after it in a script
-- are then taken too. An eviction that waits for memory would never come.

local killsBelow = tonumber(ARGV[1])
local marker = redis.call('GETRANGE', KEYS[2], 0, 7)
if #marker == 8 and struct.unpack('>I8', marker) < killsBelow then
    redis.call('PERSIST', KEYS[2])
    redis.call('SETRANGE', KEYS[2], 0, struct.pack('>I8', killsBelow))
end

local head = redis.call('GETRANGE', KEYS[1], 0, 11)
if #head == 12 and string.byte(head) == 1 and struct.unpack('>I8', head, 5) < killsBelow then
    local bucket = open(KEYS[2])
    local removed = remove(bucket, memberOf(bucket, KEYS[1]), 'invalidated')
    save(bucket)
    return removed
end
return 0
