-- Applies a batch of evictions to one bucket and moves its marker: in one step, so that a failover
-- loses both or neither.
--
-- KEYS    1 marker, 2.. entries
-- ARGV    1 continuesFrom: the first offset of freshet.evictions in this batch
--         2 nextOffset: the first offset after it
--         3 through: every eviction of a key event at or below it took effect
--         4 begun: at least every killsBelow and the barrier
--         5 barrier: entries stamped below it are not trusted any more; 0 for none
--         6.. for each entry: killsBelow, then 'h' (hard: remove), 's' (soft: mark) or 'w' (remove,
--             and write what follows)
--         .. then for each 'w': the encoded entry, stamped killsBelow, and its hard expiry (Unix
--             time, ms)
-- Returns {0, removed, marked, written} applied
--         {1, nextOffset} behind: the bucket has not seen what comes before continuesFrom; nothing
--             was done
--         {2} uninitialised: there is no marker; entries, which a put may have written meanwhile,
--             were evicted all the same
-- Cost    O(entries, each with the logarithm of those in the bucket)
--
-- With a barrier, evictions were lost: the bucket then begins anew at nextOffset, even if it was
-- ahead of it.
--
-- Doing it again changes nothing. The first write is one that Redis takes even when its memory is
-- full; those after it in a script are then taken too. An eviction that waits for memory would
-- never come. An entry that could be written is not so important: while the memory is full none is.
-- Nor is one that comes too late, as with fills, or where something newer is, or without room in
-- the bucket's quota.

local nextEntry = 2 * #KEYS + 4
local room = #ARGV < nextEntry or type(redis.pcall('SETRANGE', KEYS[1], 0, '')) == 'number'
local refusedBelow = 0
local marker = redis.call('GET', KEYS[1])
local initialised = marker and #marker == 32
redis.call('PERSIST', KEYS[1])
if initialised then
    local begun, applied, nextOffset, barrier = struct.unpack('>I8I8I8I8', marker)
    if nextOffset < tonumber(ARGV[1]) then
        return {1, nextOffset}
    end
    refusedBelow = begun
    begun = math.max(begun, tonumber(ARGV[4]))
    applied = math.max(applied, tonumber(ARGV[3]))
    nextOffset = math.max(nextOffset, tonumber(ARGV[2]))
    if tonumber(ARGV[5]) > 0 then
        barrier = math.max(barrier, tonumber(ARGV[5]))
        nextOffset = tonumber(ARGV[2])
    end
    redis.call('SET', KEYS[1], struct.pack('>I8I8I8I8', begun, applied, nextOffset, barrier))
end

local bucket = #KEYS > 1 and open(KEYS[1])
-- Stores an entry in the place of another, or as if it had been used now, if there is room.
local function rewrite(member, value, millis, place)
    local entries, bytes = shrink(bucket, 1, #value, nil, 100)
    if entries > 0 or bytes > 0 or millis * 1000 <= bucket.now then
        return false
    end
    redis.call('SET', bucket.entries .. member, value, 'PXAT', string.format('%.0f', millis + GRACE))
    list(bucket, member, noteOf(bucket, member), #value, millis, nil, nil, place or bucket.now)
    return true
end

local removed = 0
local marked = 0
local written = 0
-- What is to go, and goes together, each once.
local going = {}
local isGoing = {}
local function go()
    removed = removed + removeAll(bucket, going, 'invalidated')
    going = {}
    isGoing = {}
end

for i = 2, #KEYS do
    local killsBelow = tonumber(ARGV[2 * i + 2])
    local how = ARGV[2 * i + 3]
    local member = memberOf(bucket, KEYS[i])
    local place = how == 'w' and tonumber(redis.call('ZSCORE', bucket.ord, member))
    if not isGoing[member] then
        local head = redis.call('GETRANGE', KEYS[i], 0, 19)
        local goes = #head > 0
        if #head == 20 and string.byte(head) == 1 then
            local stamp, softMark = struct.unpack('>I8I8', head, 5)
            goes = how ~= 's' and stamp < killsBelow
            if how == 's' and stamp < killsBelow and softMark < killsBelow then
                redis.call('SETRANGE', KEYS[i], 12, struct.pack('>I8', killsBelow))
                marked = marked + 1
            end
        end
        if goes then
            table.insert(going, member)
            isGoing[member] = true
        end
    end
    if how == 'w' then
        go()
        if room and initialised and killsBelow >= refusedBelow
                and redis.call('EXISTS', KEYS[i]) == 0
                and rewrite(member, ARGV[nextEntry], tonumber(ARGV[nextEntry + 1]), place) then
            written = written + 1
        end
        nextEntry = nextEntry + 2
    end
end
go()
if removed + written > 0 then
    save(bucket)
end
if not initialised then
    return {2}
end
return {0, removed, marked, written}
