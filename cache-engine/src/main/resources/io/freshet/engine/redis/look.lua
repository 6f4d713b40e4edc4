-- Reads of a list, a set, a hash or a counter, with what it takes to judge it. Writes nothing.
--
-- KEYS    1 sidecar, 2 marker of its bucket, 3 structure
-- ARGV    1 kind, as in structure.lua
--         2 what is asked:
--           'range' of a list: 3 the first index, 4 the last, below zero from the end; 5 how many at
--             the most
--           'page' of a set or a hash (fields and values by turns): 3 cursor, 4 about how many
--           'these': 3.. members of a set, each answered with 1 or nothing; fields of a hash, each
--             answered with its value or nothing
--           'value' of a counter
-- Returns {the first 64 KiB of the sidecar, marker, length, where it goes on or empty, elements};
--         only the first two when it is of another kind
-- Cost    O(elements of the answer); a range also O(elements before it)
--
-- A range and a page end when they have more than MOST bytes.

local MOST = 4194304
local KINDS = {['3'] = 'LLEN', ['4'] = 'SCARD', ['5'] = 'HLEN', ['6'] = 'EXISTS'}
local sidecar = redis.call('GETRANGE', KEYS[1], 0, 65535)
local marker = redis.call('GET', KEYS[2]) or ''
if #sidecar < 2 or tostring(string.byte(sidecar, 2)) ~= ARGV[1] then
    return {sidecar, marker}
end
local length = redis.call(KINDS[ARGV[1]], KEYS[3])
local elements = {}
local next = ''

local function range(from, to, most)
    from = from < 0 and math.max(0, length + from) or from
    to = math.min(to < 0 and length + to or to, length - 1)
    local last = math.min(to, from + most - 1)
    local bytes = 0
    while from <= last and bytes < MOST do
        local part = redis.call('LRANGE', KEYS[3], from, math.min(last, from + 63))
        for _, element in ipairs(part) do
            elements[#elements + 1] = element
            bytes = bytes + #element
        end
        from = from + math.max(1, #part)
    end
    next = from <= to and tostring(from) or ''
end

local function page(command, cursor, most)
    local bytes = 0
    repeat
        local part = redis.call(command, KEYS[3], cursor, 'COUNT', math.min(most, 64))
        cursor = part[1]
        for _, element in ipairs(part[2]) do
            elements[#elements + 1] = element
            bytes = bytes + #element
        end
    until cursor == '0' or #elements >= most or bytes >= MOST
    next = cursor == '0' and '' or cursor
end

if ARGV[2] == 'range' then
    range(tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]))
elseif ARGV[2] == 'page' then
    local isHash = ARGV[1] == '5'
    page(isHash and 'HSCAN' or 'SSCAN', ARGV[3], tonumber(ARGV[4]) * (isHash and 2 or 1))
elseif ARGV[2] == 'these' then
    for i = 3, #ARGV do
        if ARGV[1] == '5' then
            elements[#elements + 1] = redis.call('HGET', KEYS[3], ARGV[i])
        else
            elements[#elements + 1] = redis.call('SISMEMBER', KEYS[3], ARGV[i]) == 1 and '1' or false
        end
    end
else
    elements = {redis.call('GET', KEYS[3])}
end
return {sidecar, marker, length, next, elements}
