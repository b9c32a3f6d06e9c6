-- Adds claims of users that Redis has forgotten, before those it knows; a claim that it knows keeps its key.
-- KEYS 1 claimed
-- ARGV for each user: user, how many claims, and of each, in their order: code, when, valid until, the how manyth
-- answers {how many were added}
local added, i = 0, 1
while i < #ARGV do
  local user, last = ARGV[i], i + 1 + 4 * tonumber(ARGV[i + 1])
  local known = redis.call('HGET', KEYS[1], user) or ''
  local lines, of = {}, {}
  for line in string.gmatch(known, '[^\n]+') do
    of[string.match(line, '^%S+')] = line
  end
  for at = i + 2, last, 4 do
    local line = of[ARGV[at]]
    local key = line and string.match(line, '^%S+ %S+ %S+ %S+ (.*)$') or ''
    if not line then
      added = added + 1
    end
    of[ARGV[at]] = nil
    lines[#lines + 1] = table.concat({ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], key .. '\n'}, ' ')
  end
  for line in string.gmatch(known, '[^\n]+') do
    if of[string.match(line, '^%S+')] then
      lines[#lines + 1] = line .. '\n'
    end
  end
  redis.call('HSET', KEYS[1], user, table.concat(lines))
  i = last + 1
end
return {string.format('%d', added)}
