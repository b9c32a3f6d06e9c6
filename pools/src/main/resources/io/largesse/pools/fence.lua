-- Raises the fence of a taker to a token and never lowers it; the days count from the last request.
-- KEYS 1 fence
-- ARGV 1 token, 2 seconds for which the fence stands
-- answers {fence that stands now}
local fence = redis.call('GET', KEYS[1])
if fence and tonumber(fence) > tonumber(ARGV[1]) then
  return {fence}
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return {ARGV[1]}
