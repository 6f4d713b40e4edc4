-- Adds to a counter, which begins at 0.
--
-- KEYS, ARGV 1 to 5 and Returns are those of structure.lua. The operation: 'INCRBY', then a number; the
-- element of the answer is the counter's value then
-- Cost    O(log entries of the bucket), for each entry that has to go

local structure, answer = openStructure()
if not structure then
    return answer
end
local before = redis.call('STRLEN', KEYS[3])
local full = lack(structure, 20 - before)
if full then
    return full
end
if isRefused('INCRBY', KEYS[3], ARGV[FIRST + 1]) then
    return {5}
end
-- As text: numbers are doubles here, which hold 53 bits.
local value = redis.call('GET', KEYS[3])
return keep(structure, #value - before, 1, 1, {value})
