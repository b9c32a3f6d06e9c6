-- Ends a block that never reached PostgreSQL: its codes go back to the head of the pool, in their old order.
-- Its name is used up. Adds before it removes (see take.lua).
-- KEYS 1 pool, 2 gate, 3 block, 4 fence of the taker, 5 ended
-- ARGV 1 seconds for which the name is remembered, 2 token of the taker
-- answers {'put back', how many} | {'already'} | {'dropped'} | {'fenced', fence} | {'closed'}
local fence = redis.call('GET', KEYS[4])
if fence and tonumber(fence) > tonumber(ARGV[2]) then
  return {'fenced', fence}
end
local ended = redis.call('GET', KEYS[5])
if ended then
  return {ended == 'dropped' and 'dropped' or 'already'}
end
if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
  return {'closed'}
end
local codes = redis.call('LRANGE', KEYS[3], 0, -1)
local n = #codes
for i = 1, math.floor(n / 2) do
  codes[i], codes[n + 1 - i] = codes[n + 1 - i], codes[i]
end
for i = 1, n, 1000 do -- unpack is limited by Lua's stack of 8000
  redis.call('LPUSH', KEYS[1], unpack(codes, i, math.min(i + 999, n)))
end
redis.call('SET', KEYS[5], 'put back', 'EX', ARGV[1])
redis.call('UNLINK', KEYS[3])
return {'put back', string.format('%d', n)}
