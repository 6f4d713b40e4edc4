-- The terms under which a namespace takes entries, and storing under them. It is put after
-- account.lua and before the text of scripts that store, and does nothing by itself.
--
-- Terms are nine arguments:
--   1 policy of the entry: a letter, as in account.lua
--   2 the namespace's default TTL in microseconds
--   3 largest number of entries of the namespace, 4 largest number of bytes; 0 for no bound
--   5 the share of this bucket in 3, 6 in 4, from which it begins
--   7 entries, 8 bytes by which the quota of this bucket is raised: others gave them up
--   9 what may be evicted for it: 0 nothing, 1 entries of this bucket if it holds many, 2 entries of
--     this bucket

local MANY = 32

-- The bucket, with its quota, and the terms that stand at a place among the arguments.
local function admit(marker, args, from)
    local bucket = open(marker)
    bounded(bucket, tonumber(args[from + 2]), tonumber(args[from + 3]), tonumber(args[from + 4]),
        tonumber(args[from + 5]))
    local entries = tonumber(args[from + 6])
    local bytes = tonumber(args[from + 7])
    if entries > 0 or bytes > 0 then
        redis.call('PERSIST', marker)
        bucket.quotaEntries = bucket.quotaEntries + entries
        bucket.quotaBytes = bucket.quotaBytes + bytes
        save(bucket)
    end
    return bucket, {
        policy = args[from], shift = tonumber(args[from + 1]), mode = tonumber(args[from + 8])
    }
end

-- Stores an entry if there is room, and answers what is missing of it. The head is that of the
-- entry which is there so far.
local function store(bucket, terms, entry, value, millis, head)
    local member = memberOf(bucket, entry)
    local isThere = isLive(bucket, head)
    if #head > 0 and (not isThere or millis * 1000 <= bucket.now) then
        remove(bucket, member, isThere and 'replaced' or 'expired')
        save(bucket)
    end
    if millis * 1000 <= bucket.now then
        return 0, 0
    end
    if sweep(bucket, 3) > 0 then
        save(bucket)
    end
    local note = noteOf(bucket, member)
    local more = #value - (note and sizeOf(note) or 0)
    local mayEvict = terms.mode == 2 or terms.mode == 1 and countOf(bucket) >= MANY
    local size = bucket.size
    local entries, bytes =
        shrink(bucket, note and 0 or 1, more, member, mayEvict and 1000 or 0)
    if entries > 0 or bytes > 0 then
        if bucket.size > size then
            save(bucket)
        end
        return entries, bytes
    end
    redis.call('SET', entry, value, 'PXAT', string.format('%.0f', millis + GRACE))
    if isThere and string.byte(head, 2) > 2 then
        redis.call('UNLINK', bucket.structures .. member)
    end
    list(bucket, member, note, #value, millis, terms.policy, terms.shift)
    if isThere then
        bucket.replaced = bucket.replaced + 1
    end
    save(bucket)
    return 0, 0
end
