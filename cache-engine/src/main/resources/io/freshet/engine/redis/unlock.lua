-- Frees a lock and tells every node that waits for it.
--
-- KEYS    1 lock
-- ARGV    1 the field that shows whose it is, 'h' or 't', 2 what stands there
-- Returns 1 when it was theirs, else 0
-- Cost    O(nodes that wait)

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
    return 0
end
local fields = redis.call('HKEYS', KEYS[1])
redis.call('DEL', KEYS[1])
for _, field in ipairs(fields) do
    if string.sub(field, 1, 2) == 'w:' then
        redis.call('PUBLISH', string.sub(field, 3), KEYS[1])
    end
end
return 1
