-- Bids for the lease of a key, and looks whether there is still reason to.
--
-- KEYS    1 lease, 2 entry, 3 marker of its bucket
-- ARGV    1 holder
--         2 stamp: the position that the bidder had noted
--         3 how long the lease is honoured (ms)
--         4 over: a holder stamped at or below it is displaced; -1 for none
--         5 seen: when the entry was created that the bidder has seen (Unix time, ms); -1 for none
--         6 channel on which the bidder hears that the lease is free
-- Returns {0} taken
--         {1, stamp, left} held by another, who had noted stamp, for left ms at the most
--         {2, entry, marker} there is an entry that the bidder has not seen
-- Cost    O(1), O(length of the entry) when it is returned
--
-- A lease is a hash: 'h' its holder, 's' the stamp, 'w:' and a channel for each node that waits.
-- Who takes it over from another takes over those who wait.

local head = redis.call('GETRANGE', KEYS[2], 0, 27)
if #head == 28 and string.byte(head) == 1
        and struct.unpack('>I8', head, 21) ~= tonumber(ARGV[5]) then
    return {2, redis.call('GET', KEYS[2]), redis.call('GET', KEYS[3])}
end

local by = redis.call('HGET', KEYS[1], 's')
if by and tonumber(by) > tonumber(ARGV[4]) then
    redis.call('HSET', KEYS[1], 'w:' .. ARGV[6], '')
    return {1, tonumber(by), redis.call('PTTL', KEYS[1])}
end

redis.call('HSET', KEYS[1], 'h', ARGV[1], 's', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {0}
