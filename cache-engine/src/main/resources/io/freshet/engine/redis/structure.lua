-- Changing a list, a set, a hash or a counter. It is put after account.lua and terms.lua and before
-- the text of the scripts that do it, and does nothing by itself.
--
-- A structure is a Redis value of its own type at data:{b}:key. Beside it, under the name of an entry,
-- stands its sidecar: an entry whose kind is 3 for a list, 4 for a set, 5 for a hash, 6 for a counter,
-- and whose value is 8 bytes: how many bytes the elements have. Both expire at the same time, and who
-- removes the one removes the other.
--
-- KEYS    1 sidecar, 2 marker of its bucket, 3 structure
-- ARGV    1 the header of the entry that the node judged; empty when there was none
--         2 1 when it judged it to be outdated, else 0
--         3 the position at which it judged
--         4 the sidecar of a structure that begins now
--         5 'b' begins a structure where there is none; 't' does too, and one that is there takes the
--           expiries of 4; 'a' answers again where there is none; 'n' changes nothing there
--         6.. the operation: see the scripts; then the nine terms of terms.lua
-- Returns {0, stamp, began, count, length, elements} done: began is 1 when there was none before;
--           count is of the elements that the operation was about, length of all that are there
--         {1} again: another entry is there than the one that was judged
--         {2, entries, bytes} full: the bucket's quota lacks that much; nothing has changed
--         {3, kind} something else is there
--         {4, begun} an eviction at begun has begun, of which the node has not heard
--         {5} what is there is no whole number, or would be none of 64 bits
--
-- What is there may have been put in before an invalidation that only a reader at its position knows
-- of. So a stamp rises no higher than where the structure was judged with its tags: by this node or,
-- where it was written to since, by the one that did. What begins takes the largest stamp around, as
-- with put.lua, since nothing in it is older.

local FIRST = 6
local LAST = #ARGV - 9
local bucket, terms = admit(KEYS[2], ARGV, LAST + 1)
local member = memberOf(bucket, KEYS[1])

local function headerOf(entry)
    return #entry >= 50 and string.sub(entry, 1, (struct.unpack('>I2', entry, 49))) or ''
end

-- All of a header that neither a stamp nor a soft mark changes.
local function lasting(header)
    return string.sub(header, 1, 4) .. string.sub(header, 21)
end

local function stamped(header, stamp)
    return string.sub(header, 1, 4) .. struct.pack('>I8', stamp) .. string.sub(header, 13)
end

-- Whether the entry that is there is outdated, or may be neither kept nor removed by this node.
local function judge(header, stamp)
    local isJudged = lasting(header) == lasting(ARGV[1])
    if ARGV[2] == '1' and isJudged then
        local isTheSame = struct.unpack('>I8', ARGV[1], 5) == stamp
        return isTheSame, not isTheSame
    end
    return false, not isJudged and stamp < tonumber(ARGV[3])
end

-- A structure that begins now, in the place of what is over.
local function begin(entry, header, stamp)
    if #entry > 0 then
        remove(bucket, member, isLive(bucket, header) and 'invalidated' or 'expired')
        save(bucket)
    elseif redis.call('EXISTS', KEYS[3]) == 1 then
        redis.call('UNLINK', KEYS[3])
    end
    return {header = stamped(headerOf(ARGV[4]), stamp), stamp = stamp, size = 0, began = 1}
end

-- The structure that is to be changed; or nil, and what is answered in its place.
local function openStructure()
    local entry = redis.call('GETRANGE', KEYS[1], 0, 65535)
    local header = headerOf(entry)
    local marker = redis.call('GETRANGE', KEYS[2], 0, 7)
    local begun = #marker == 8 and struct.unpack('>I8', marker) or 0
    local position = tonumber(ARGV[3])
    local stamp = #header > 0 and struct.unpack('>I8', header, 5) or 0
    if isLive(bucket, header) then
        local isOutdated, isUnclear = judge(header, stamp)
        if isUnclear then
            return nil, {1}
        elseif not isOutdated then
            if string.byte(header, 2) ~= string.byte(ARGV[4], 2) then
                return nil, {3, string.byte(header, 2)}
            end
            stamp = math.max(stamp, position)
            if stamp < begun then
                return nil, {4, begun}
            end
            if ARGV[5] == 't' then
                header = string.sub(header, 1, 28) .. string.sub(ARGV[4], 29, 44)
                    .. string.sub(header, 45)
            end
            local size = struct.unpack('>I8', redis.call('GETRANGE', KEYS[1], -8, -1))
            return {header = stamped(header, stamp), stamp = stamp, size = size, began = 0}
        end
    end
    if ARGV[5] == 'n' then
        return nil, {0, 0, 0, 0, 0, {}}
    elseif ARGV[5] == 'a' then
        return nil, {1}
    end
    return begin(entry, header, math.max(stamp, position, begun))
end

-- Makes room for so many bytes more; what is answered when there is none, else nil.
local function lack(structure, more)
    if sweep(bucket, 3) > 0 then
        save(bucket)
    end
    local noted = noteOf(bucket, member)
    if noted and more <= 0 then
        return nil
    end
    local growth = #structure.header + 8 + structure.size + more
        - (noted and sizeOf(noted) or 0)
    local mayEvict = terms.mode == 2 or terms.mode == 1 and countOf(bucket) >= MANY
    local evicted = bucket.size
    local entries, bytes =
        shrink(bucket, noted and 0 or 1, growth, member, mayEvict and 1000 or 0)
    if bucket.size > evicted then
        save(bucket)
    end
    return (entries > 0 or bytes > 0) and {2, entries, bytes} or nil
end

-- Keeps the structure, which has grown by so many bytes, unless nothing is left in it; the answer.
local function keep(structure, grown, count, length, elements)
    if length == 0 then
        remove(bucket, member, nil)
        save(bucket)
        return {0, structure.stamp, 0, count, 0, elements}
    end
    local size = math.max(0, structure.size + grown)
    local millis = struct.unpack('>I8', structure.header, 37)
    local expiry = string.format('%.0f', millis + GRACE)
    redis.call('SET', KEYS[1], structure.header .. struct.pack('>I8', size), 'PXAT', expiry)
    redis.call('PEXPIREAT', KEYS[3], expiry)
    list(bucket, member, noteOf(bucket, member), #structure.header + 8 + size, millis, terms.policy,
        terms.shift)
    save(bucket)
    return {0, structure.stamp, structure.began, count, length, elements}
end

-- Whether a command is refused for what is there; for want of memory it fails as ever.
local function isRefused(command, ...)
    local answer = redis.pcall(command, ...)
    local refusal = type(answer) == 'table' and answer.err
    if refusal and string.find(refusal, 'OOM ', 1, true) then
        redis.call(command, ...)
    end
    return refusal
end
