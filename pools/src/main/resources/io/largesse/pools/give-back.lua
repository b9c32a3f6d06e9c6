-- Puts codes that PostgreSQL knows to be free back to the pool, once per name. They go to the tail: of all codes, the
-- ones that were out before are the last to leave again.
-- KEYS 1 pool, 2 gate, 3 returned (marker of this name)
-- ARGV 1 seconds for which the name is remembered, 2... codes
-- answers {'returned', how many} | {'already'} | {'closed'}
if redis.call('EXISTS', KEYS[3]) == 1 then
  return {'already'}
end
if redis.call('HGET', KEYS[2], 'state') ~= 'open' then
  return {'closed'}
end
local last = #ARGV
for i = 2, last, 1000 do -- unpack is limited by Lua's stack of 8000
  redis.call('RPUSH', KEYS[1], unpack(ARGV, i, math.min(i + 999, last)))
end
redis.call('SET', KEYS[3], string.format('%d', last - 1), 'EX', ARGV[1])
return {'returned', string.format('%d', last - 1)}
