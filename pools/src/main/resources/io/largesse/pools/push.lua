-- Adds generated codes to the tail of a pool, each once: a mark per code range keeps the serial that comes next.
-- Deny-oom writes only, so a full Redis refuses before anything is changed.
-- KEYS 1 pool, 2 gate, 3 pushed (hash: range id -> next serial)
-- ARGV 1 range id, 2 the range's first serial in this shard, 3 serial of the first code, 4 the length of a code,
--      5 codes of consecutive serials, one behind the other: thousands of arguments would take longer than the pushing
-- answers {'pushed', added} | {'gap', serial expected} | {'closed'}
if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
  return {'closed'}
end
local expected = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or ARGV[2])
local first = tonumber(ARGV[3])
if first > expected then
  return {'gap', string.format('%d', expected)}
end
local length, codes = tonumber(ARGV[4]), ARGV[5]
local n = #codes / length
local from = expected - first
if from >= n then
  return {'pushed', '0'}
end
local some, k = {}, 0
for at = from * length + 1, #codes, length do
  k = k + 1
  some[k] = codes:sub(at, at + length - 1)
  if k == 1000 then -- unpack is limited by Lua's stack of 8000
    redis.call('RPUSH', KEYS[1], unpack(some))
    k = 0
  end
end
if k > 0 then
  redis.call('RPUSH', KEYS[1], unpack(some, 1, k))
end
redis.call('HSET', KEYS[3], ARGV[1], string.format('%d', first + n))
return {'pushed', string.format('%d', n - from)}
