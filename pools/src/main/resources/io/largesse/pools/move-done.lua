-- The last step of a move, whose codes have arrived: forgets them here.
-- KEYS 1 moves, 2 codes on the move
-- ARGV 1 to, 2 number
-- answers {'done'}
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] and redis.call('DEL', KEYS[2]) == 1 then
  redis.call('HINCRBY', KEYS[1], ' pending', -1)
end
return {'done'}
