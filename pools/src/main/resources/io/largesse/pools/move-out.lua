-- The first of three steps that bring codes to another shard: sets codes aside, under the number of this move. A move
-- that is under way is answered as it is, whatever n: it only goes forward.
-- KEYS 1 pool, 2 gate, 3 moves (hash: to -> number of its last move, ' begun', ' pending'), 4 codes on the move to that shard
-- ARGV 1 to, 2 how many (0: only what is under way)
-- answers {'moving', number, codes...} | {'nothing'} | {'closed'}
local codes = redis.call('LRANGE', KEYS[4], 0, -1)
local number = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or '0')
if #codes == 0 then
  if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
    return {'closed'}
  end
  local n = math.min(tonumber(ARGV[2]), redis.call('LLEN', KEYS[1]))
  if n == 0 then
    return {'nothing'}
  end
  codes = redis.call('LRANGE', KEYS[1], -n, -1)
  number = number + 1
  redis.call('RPUSH', KEYS[4], unpack(codes))
  redis.call('HSET', KEYS[3], ARGV[1], number)
  redis.call('HINCRBY', KEYS[3], ' begun', 1)
  redis.call('HINCRBY', KEYS[3], ' pending', 1)
  redis.call('LTRIM', KEYS[1], 0, -n - 1)
end
return {'moving', string.format('%d', number), unpack(codes)}
