-- Gives a user's claim another code, or takes it away: its code turned out to be somebody else's.
-- KEYS 1 claimed
-- ARGV 1 user, 2 code, 3 code instead; empty: the claim goes
-- answers {'replaced'} | {'unknown'}
local lines = redis.call('HGET', KEYS[1], ARGV[1]) or ''
local kept, found = {}, false
for line in string.gmatch(lines, '[^\n]+') do
  local code, rest = string.match(line, '^(%S+)(.*)$')
  if code ~= ARGV[2] then
    kept[#kept + 1] = line .. '\n'
  else
    found = true
    if ARGV[3] ~= '' then
      kept[#kept + 1] = ARGV[3] .. rest .. '\n'
    end
  end
end
if not found then
  return {'unknown'}
end
redis.call('HSET', KEYS[1], ARGV[1], table.concat(kept))
return {'replaced'}
