-- Gives a lease up and tells every node that waits for it.
--
-- KEYS    1 lease
-- ARGV    1 holder
-- Returns 1 when the holder had it, else 0
-- Cost    O(nodes that wait)
--
-- When another has taken it over it stays; but those who wait are told, since the key may have been
-- filled all the same.

local own = redis.call('HGET', KEYS[1], 'h') == ARGV[1]
local fields = redis.call('HKEYS', KEYS[1])
if own then
    redis.call('DEL', KEYS[1])
end
for _, field in ipairs(fields) do
    if string.sub(field, 1, 2) == 'w:' then
        if not own then
            redis.call('HDEL', KEYS[1], field)
        end
        redis.call('PUBLISH', string.sub(field, 3), KEYS[1])
    end
end
return own and 1 or 0
