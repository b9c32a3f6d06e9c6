-- Moves codes from the head of a pool to a block, once per name: a repeated request gets the same codes.
-- A name whose block has ended is used up, so a request that arrives late takes nothing.
-- The block is written before the pool is cut: a full Redis refuses the first (LTRIM it would allow), and nothing is lost.
-- KEYS 1 pool, 2 gate, 3 block, 4 fence of the taker, 5 ended
-- ARGV 1 how many, 2 token of the taker
-- answers {'taken', code...} | {'fenced', fence} | {'ended', how} | {'closed'}
local fence = redis.call('GET', KEYS[4])
if fence and tonumber(fence) > tonumber(ARGV[2]) then
  return {'fenced', fence}
end
local ended = redis.call('GET', KEYS[5])
if ended then
  return {'ended', ended}
end
local codes = redis.call('LRANGE', KEYS[3], 0, -1)
if #codes == 0 then
  if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
    return {'closed'}
  end
  codes = redis.call('LRANGE', KEYS[1], 0, ARGV[1] - 1)
  for i = 1, #codes, 1000 do -- unpack is limited by Lua's stack of 8000
    redis.call('RPUSH', KEYS[3], unpack(codes, i, math.min(i + 999, #codes)))
  end
  redis.call('LTRIM', KEYS[1], #codes, -1)
end
table.insert(codes, 1, 'taken')
return codes
