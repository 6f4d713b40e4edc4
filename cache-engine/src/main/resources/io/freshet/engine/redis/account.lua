-- The account of a bucket: what every script that writes or removes entries begins with. It is put
-- before their text and does nothing by itself.
--
-- Beside a bucket's marker mark:{b} stand
--   ord:{b}   sorted set, key of an entry -> its place in the order of eviction: the lowest goes first
--   exp:{b}   sorted set, key of an entry -> its hard expiry and its size
--   acct:{b}  14 numbers of 8 bytes: bytes held; quota of entries and bytes, and the bounds of the
--             namespace that they were made for; evicted entries by cause; the turns below; a number
--             that none in exp:{b} is lower than, so that nobody looks there in vain
-- so exp:{b} is the index of keys, and its cardinality the number of entries.
--
-- A place is a time in microseconds, with how often the entry was read (roughly) in its lowest six
-- bits:
--   l  least recently used: when it was used last
--   f  least frequently used: the same, and for each doubling of its reads one half-life more; reads
--      count half as much after each half-life (Lee et al., LRFU, 2001). The half-life is two turns,
--      a turn being the time in which a bucket takes in as many entries as it holds
--   e  the same with a short half-life, of half a turn
--   g  the same with a long half-life, of eight turns. Once the bucket has taken in as many entries
--      as it holds, newcomers begin up to two half-lives below, at random, so that a loop over more
--      than fits does not drive out all of itself
--   t  soonest expiry: the expiry less the default TTL of the namespace
--   n  none: above NEVER, from where nothing is evicted
--
-- An expiry is counted in seconds since 2026, rounded up, and its size is in the lowest 23 bits:
-- exact below 4 MiB, else rounded up to 256 bytes. What is in the sets is what is counted, so an
-- entry that vanished by itself is counted until its hard expiry, and no longer.
--
-- Redis's own expiry comes GRACE later and is only for what nobody sweeps.

local NEVER = 4503599627370496
local SIZES = 8388608
local EXACT = 4194304
local SINCE = 1767225600
local GRACE = 60000
local DAY = 86400000000
local PACKED = '>I8I8I8I8I8I8I8I8I8I8I8I8I8I8'
local SIZE = 112
local TURNS = {e = 0.5, f = 2, g = 8}
local DEPTH = {e = 0, f = 0, g = 2}

local function sizeOf(expiry)
    local code = expiry % SIZES
    return code < EXACT and code or (code - EXACT) * 256
end

local function expiryOf(millis, size)
    local code = size < EXACT and size or math.min(SIZES - 1, EXACT + math.ceil(size / 256))
    local seconds = math.ceil(millis / 1000) - SINCE
    return math.max(0, math.min(seconds, 1073741823)) * SIZES + code
end

-- The bytes that the index of keys tells of.
local function counted(exp)
    local bytes = 0
    local notes = redis.call('ZRANGE', exp, 0, -1, 'WITHSCORES')
    for i = 2, #notes, 2 do
        bytes = bytes + sizeOf(tonumber(notes[i]))
    end
    return bytes
end

-- The bucket of a marker, with its account, and with what the marker says.
local function open(marker)
    local at = string.find(marker, 'mark:{', 1, true)
    local prefix = string.sub(marker, 1, at - 1)
    local tag = string.sub(marker, at + 4)
    local exp = prefix .. 'exp' .. tag
    local acct = prefix .. 'acct' .. tag
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2]
    local read = redis.call('MGET', marker, acct)
    local packed = read[2]
    if not packed or #packed ~= SIZE then
        packed = struct.pack(PACKED, counted(exp), 0, 0, 0, 0, 0, 0, 0, 0, 0, now, 0, 0, 0)
    end
    local bytes, quotaEntries, quotaBytes, boundEntries, boundBytes, expired, size, policy,
        invalidated, replaced, turnBegan, turnEntries, turn, soonest = struct.unpack(PACKED, packed)
    -- In one piece, which is a good deal cheaper than field by field.
    return {
        ord = prefix .. 'ord' .. tag,
        exp = exp,
        acct = acct,
        entries = prefix .. 'cache' .. tag .. ':',
        structures = prefix .. 'data' .. tag .. ':',
        now = now,
        marker = read[1] or '',
        count = false,
        bytes = bytes,
        quotaEntries = quotaEntries,
        quotaBytes = quotaBytes,
        boundEntries = boundEntries,
        boundBytes = boundBytes,
        expired = expired,
        size = size,
        policy = policy,
        invalidated = invalidated,
        replaced = replaced,
        turnBegan = turnBegan,
        turnEntries = turnEntries,
        turn = turn,
        soonest = soonest
    }
end

local function save(bucket)
    redis.call('SET', bucket.acct, struct.pack(PACKED, math.max(0, bucket.bytes),
        math.max(0, bucket.quotaEntries), math.max(0, bucket.quotaBytes), bucket.boundEntries,
        bucket.boundBytes, bucket.expired, bucket.size, bucket.policy, bucket.invalidated,
        bucket.replaced, bucket.turnBegan, bucket.turnEntries, bucket.turn, bucket.soonest))
end

local function memberOf(bucket, entry)
    return string.sub(entry, #bucket.entries + 1)
end

-- Whether the head of an entry (its first 44 bytes) says that it has not expired yet.
local function isLive(bucket, head)
    return #head >= 44 and string.byte(head) == 1
        and (struct.unpack('>I8', head, 37)) * 1000 > bucket.now
end

-- What exp:{b} has about an entry; nil when it is not counted.
local function noteOf(bucket, member)
    return tonumber(redis.call('ZSCORE', bucket.exp, member) or nil)
end

local function countOf(bucket)
    bucket.count = bucket.count or redis.call('ZCARD', bucket.exp)
    return bucket.count
end

-- Removes entries, the structures that they may be the sidecars of, and what is known of them;
-- without a cause they count as no evictions. Many at a time cost half as much as one by one. Its
-- first command is one that Redis takes even when its memory is full.
local function removeAll(bucket, members, cause)
    if #members == 0 then
        return 0
    end
    local entries = {}
    local structures = {}
    for i, member in ipairs(members) do
        entries[i] = bucket.entries .. member
        structures[i] = bucket.structures .. member
    end
    local removed = redis.call('DEL', unpack(entries))
    redis.call('UNLINK', unpack(structures))
    redis.call('ZREM', bucket.ord, unpack(members))
    for _, note in ipairs(redis.call('ZMSCORE', bucket.exp, unpack(members))) do
        bucket.bytes = bucket.bytes - (note and sizeOf(tonumber(note)) or 0)
    end
    local counted = redis.call('ZREM', bucket.exp, unpack(members))
    bucket.count = bucket.count and bucket.count - counted
    if cause then
        bucket[cause] = bucket[cause] + counted
    end
    return removed
end

local function remove(bucket, member, cause)
    return removeAll(bucket, {member}, cause)
end

-- Removes up to a number of entries whose hard expiry has passed; the number of those removed.
local function sweep(bucket, limit)
    local past = (math.floor(bucket.now / 1000000) - SINCE + 1) * SIZES
    if bucket.soonest >= past then
        return 0
    end
    local over = redis.call('ZRANGEBYSCORE', bucket.exp, '-inf', '(' .. string.format('%.0f', past),
        'LIMIT', 0, limit)
    removeAll(bucket, over, 'expired')
    if #over < limit then
        bucket.soonest = tonumber(redis.call('ZRANGE', bucket.exp, 0, 0, 'WITHSCORES')[2]) or NEVER
    end
    return #over
end

-- Whom the order sends away first, and its place; nil where nobody may go.
local function victim(bucket, spared)
    local first = redis.call('ZRANGE', bucket.ord, 0, 1, 'WITHSCORES')
    local i = first[1] == spared and 3 or 1
    local place = tonumber(first[i + 1])
    if place and place < NEVER then
        return first[i], place
    end
    return nil, nil
end

-- Takes the bounds that a node knows: other bounds than before divide anew.
local function bounded(bucket, entries, bytes, shareOfEntries, shareOfBytes)
    if bucket.boundEntries ~= entries or bucket.boundBytes ~= bytes then
        bucket.boundEntries = entries
        bucket.boundBytes = bytes
        bucket.quotaEntries = shareOfEntries
        bucket.quotaBytes = shareOfBytes
    end
end

-- How far the bucket would be above its quota with some more.
local function excess(bucket, entries, bytes)
    local tooMany = bucket.boundEntries > 0 and countOf(bucket) + entries - bucket.quotaEntries or 0
    local tooLarge = bucket.boundBytes > 0 and bucket.bytes + bytes - bucket.quotaBytes or 0
    return math.max(0, tooMany), math.max(0, tooLarge)
end

local function turnOf(bucket)
    local turn = bucket.turn > 0 and bucket.turn or bucket.now - bucket.turnBegan
    return math.max(1000, math.min(turn, DAY))
end

-- The place of an entry after some uses at a time; before is its place so far, or nil.
local function placed(bucket, before, policy, uses, at, millis, shift)
    local tally = before and before % 64 or 0
    if before then
        local reads = 3 * math.log(2 ^ (tally / 3) + uses) / math.log(2)
        local chance = (bucket.now % 1000003) * 7919 % 1000003 / 1000003
        tally = math.min(63, math.floor(reads + chance))
    end
    local place = at
    if TURNS[policy] then
        local life = turnOf(bucket) * TURNS[policy]
        if before and before < NEVER then
            local reads = uses + 2 ^ math.max(-50, math.min(50, (before - at) / life))
            place = math.max(at, at + life * math.log(reads) / math.log(2))
        elseif bucket.turn > 0 then
            local chance = (bucket.now % 999983) * 7919 % 999983 / 999983
            place = at - life * DEPTH[policy] * chance
        end
    elseif policy == 't' then
        place = millis and millis * 1000 - shift or before
    elseif policy == 'n' then
        place = NEVER + at
    elseif before and before < NEVER then
        place = math.max(before, at)
    end
    return math.floor(place / 64) * 64 + tally
end

-- Notes an entry that is written now; note is the one there is of it so far, or nil. Its place is
-- that of a use now under its policy, or, without a policy, the one that is given.
local function list(bucket, member, note, size, millis, policy, shift, place)
    local before = nil
    if note then
        before = tonumber(redis.call('ZSCORE', bucket.ord, member))
        bucket.bytes = bucket.bytes - sizeOf(note)
    else
        bucket.turnEntries = bucket.turnEntries + 1
        if bucket.turnEntries >= math.max(16, countOf(bucket)) then
            bucket.turn = math.max(1, bucket.now - bucket.turnBegan)
            bucket.turnBegan = bucket.now
            bucket.turnEntries = 0
        end
    end
    if policy then
        place = placed(bucket, before, policy, 1, bucket.now, millis, shift)
    end
    local noted = expiryOf(millis, size)
    redis.call('ZADD', bucket.ord, string.format('%.0f', place), member)
    redis.call('ZADD', bucket.exp, string.format('%.0f', noted), member)
    bucket.bytes = bucket.bytes + sizeOf(noted)
    bucket.count = bucket.count and not note and bucket.count + 1 or bucket.count
    bucket.soonest = math.min(bucket.soonest, noted)
end

-- Evicts while the bucket would be above its quota; answers what is still missing then.
local function shrink(bucket, entries, bytes, spared, limit)
    local tooMany, tooLarge = excess(bucket, entries, bytes)
    while (tooMany > 0 or tooLarge > 0) and limit > 0 do
        local goes = victim(bucket, spared)
        if not goes then
            break
        end
        remove(bucket, goes, 'size')
        tooMany, tooLarge = excess(bucket, entries, bytes)
        limit = limit - 1
    end
    return tooMany, tooLarge
end
