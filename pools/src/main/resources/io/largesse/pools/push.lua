-- Adds generated codes to the tail of a pool, each once: a mark per code range keeps the serial that comes next.
-- Deny-oom writes only, so a full Redis refuses before anything is changed.
-- KEYS 1 pool, 2 gate, 3 pushed (hash: range id -> next serial)
-- ARGV 1 range id, 2 the range's first serial in this shard, 3 serial of the first code, 4... codes of consecutive serials
-- answers {'pushed', added} | {'gap', serial expected} | {'closed'}
if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
  return {'closed'}
end
local expected = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or ARGV[2])
local first = tonumber(ARGV[3])
if first > expected then
  return {'gap', string.format('%d', expected)}
end
local last = #ARGV
local from = 4 + expected - first
if from > last then
  return {'pushed', '0'}
end
for i = from, last, 1000 do -- unpack is limited by Lua's stack of 8000
  redis.call('RPUSH', KEYS[1], unpack(ARGV, i, math.min(i + 999, last)))
end
redis.call('HSET', KEYS[3], ARGV[1], string.format('%d', expected + last - from + 1))
return {'pushed', string.format('%d', last - from + 1)}
