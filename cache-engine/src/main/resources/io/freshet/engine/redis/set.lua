-- Changes a set.
--
-- KEYS, ARGV 1 to 5 and Returns are those of structure.lua. The operation: 'SADD' or 'SREM', then
-- members; count is of those that were not there, or were
-- Cost    O(members of the operation + log entries of the bucket), for each entry that has to go

local structure, answer = openStructure()
if not structure then
    return answer
end
local isAdding = ARGV[FIRST] == 'SADD'
if isAdding then
    local more = 0
    for i = FIRST + 1, LAST do
        if redis.call('SISMEMBER', KEYS[3], ARGV[i]) == 0 then
            more = more + #ARGV[i]
        end
    end
    local full = lack(structure, more)
    if full then
        return full
    end
end
local grown = 0
local count = 0
for i = FIRST + 1, LAST do
    if redis.call(ARGV[FIRST], KEYS[3], ARGV[i]) == 1 then
        grown = grown + (isAdding and #ARGV[i] or -#ARGV[i])
        count = count + 1
    end
end
return keep(structure, grown, count, redis.call('SCARD', KEYS[3]), {})
