-- Moves codes from the head of a pool to a block, once per name: a repeated request finds the block as it is.
-- A name whose block has ended is used up, so a request that arrives late takes nothing.
-- The block is written before the pool is cut: a full Redis refuses the first (LTRIM it would allow), and nothing is lost.
-- A list is copied by its pages, several hundred codes each, where a code through Lua costs several allocations; so the
-- whole pool is copied and both are cut, unless it is so much larger than the block that this would take longer.
-- KEYS 1 pool, 2 gate, 3 block, 4 fence of the taker, 5 ended
-- ARGV 1 how many, 2 token of the taker, 3 up to how many times the block's size a pool is copied
-- answers {'taken', how many} | {'fenced', fence} | {'ended', how} | {'closed'}
local fence = redis.call('GET', KEYS[4])
if fence and tonumber(fence) > tonumber(ARGV[2]) then
  return {'fenced', fence}
end
local ended = redis.call('GET', KEYS[5])
if ended then
  return {'ended', ended}
end
local n = redis.call('LLEN', KEYS[3])
if n == 0 then
  if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
    return {'closed'}
  end
  local level = redis.call('LLEN', KEYS[1])
  n = math.min(level, tonumber(ARGV[1]))
  if n > 0 and level <= n * tonumber(ARGV[3]) then
    redis.call('COPY', KEYS[1], KEYS[3])
    redis.call('LTRIM', KEYS[3], 0, n - 1)
  elseif n > 0 then
    local codes = redis.call('LRANGE', KEYS[1], 0, n - 1)
    for i = 1, n, 1000 do -- unpack is limited by Lua's stack of 8000
      redis.call('RPUSH', KEYS[3], unpack(codes, i, math.min(i + 999, n)))
    end
  end
  redis.call('LTRIM', KEYS[1], n, -1)
end
return {'taken', string.format('%d', n)}
