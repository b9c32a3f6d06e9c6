-- Ends a block whose codes now stand in PostgreSQL. Its name is used up.
-- The marker is written first: a full Redis refuses it, and the block stays.
-- KEYS 1 block, 2 ended
-- ARGV 1 seconds for which the name is remembered
-- answers {'dropped', how many} | {'put back'}
local ended = redis.call('GET', KEYS[2])
if ended == 'put back' then
  return {'put back'}
end
local n = redis.call('LLEN', KEYS[1])
redis.call('SET', KEYS[2], 'dropped', 'EX', ARGV[1])
redis.call('UNLINK', KEYS[1])
return {'dropped', string.format('%d', n)}
