-- The second step of a move: adds its codes to the pool they go to, once per number.
-- KEYS 1 pool, 2 gate, 3 moved (hash: from -> number of the last move that arrived)
-- ARGV 1 from, 2 number, 3... codes
-- answers {'moved'} | {'already'} | {'closed'}
if tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or '0') >= tonumber(ARGV[2]) then
  return {'already'}
end
if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
  return {'closed'}
end
redis.call('RPUSH', KEYS[1], unpack(ARGV, 3))
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
return {'moved'}
