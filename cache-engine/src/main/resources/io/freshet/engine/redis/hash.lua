-- Changes a hash.
--
-- KEYS, ARGV 1 to 5 and Returns are those of structure.lua. The operation:
--         'HSET', then pairs of a field and its value; count is of the fields that were not there
--         'HDEL', then fields; count is of those that were there
--         'HINCRBY', a field and a number; the element of the answer is the field's value then
-- Cost    O(fields of the operation + log entries of the bucket), for each entry that has to go

local structure, answer = openStructure()
if not structure then
    return answer
end

-- How many bytes a field and its value have; 0 when it is not there.
local function bytesOf(field)
    local isThere = redis.call('HEXISTS', KEYS[3], field) == 1
    return isThere and #field + redis.call('HSTRLEN', KEYS[3], field) or 0
end

local command = ARGV[FIRST]
local grown = 0
local count = 0
local elements = {}
if command == 'HSET' then
    for i = FIRST + 1, LAST, 2 do
        grown = grown + #ARGV[i] + #ARGV[i + 1] - bytesOf(ARGV[i])
    end
    local full = lack(structure, grown)
    if full then
        return full
    end
    for i = FIRST + 1, LAST, 2 do
        count = count + redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
    end
elseif command == 'HDEL' then
    for i = FIRST + 1, LAST do
        grown = grown - bytesOf(ARGV[i])
        count = count + redis.call('HDEL', KEYS[3], ARGV[i])
    end
else
    local field = ARGV[FIRST + 1]
    local before = bytesOf(field)
    local full = lack(structure, before == 0 and #field + 20 or 20)
    if full then
        return full
    end
    if isRefused('HINCRBY', KEYS[3], field, ARGV[FIRST + 2]) then
        return {5}
    end
    grown = bytesOf(field) - before
    count = 1
    elements = {redis.call('HGET', KEYS[3], field)}
end
return keep(structure, grown, count, redis.call('HLEN', KEYS[3]), elements)
