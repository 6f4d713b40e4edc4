-- Changes a list.
--
-- KEYS, ARGV 1 to 5 and Returns are those of structure.lua. The operation:
--         'LPUSH' or 'RPUSH', then elements: each is put before, or behind, all others
--         'LPOP' or 'RPOP', then how many to take; they are the elements of the answer
-- Cost    O(elements of the operation + log entries of the bucket), for each entry that has to go

local structure, answer = openStructure()
if not structure then
    return answer
end
local command = ARGV[FIRST]
local grown = 0
if command == 'LPUSH' or command == 'RPUSH' then
    for i = FIRST + 1, LAST do
        grown = grown + #ARGV[i]
    end
    local full = lack(structure, grown)
    if full then
        return full
    end
    for i = FIRST + 1, LAST do
        redis.call(command, KEYS[3], ARGV[i])
    end
    return keep(structure, grown, LAST - FIRST, redis.call('LLEN', KEYS[3]), {})
end
local taken = redis.call(command, KEYS[3], ARGV[FIRST + 1]) or {}
for _, element in ipairs(taken) do
    grown = grown - #element
end
return keep(structure, grown, #taken, redis.call('LLEN', KEYS[3]), taken)
