-- Who holds a lock.
--
-- KEYS    1 lock
-- Returns {token, left}: held, for left ms; or {} when nobody has been granted it
-- Cost    O(1)

local token = redis.call('HGET', KEYS[1], 't')
if token then
    return {tonumber(token), redis.call('PTTL', KEYS[1])}
end
return {}
