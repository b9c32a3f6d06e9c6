-- Claims of some users of one shard for one campaign, one after the other. A user's claims stand in one field, a line each:
-- code, when (ms), valid until (ms), the how manyth, key. A repeated request finds its line and gets the same coupon.
-- Whatever a claim changes is written before its code leaves the pool: a full Redis refuses the first of it, and nothing is lost.
-- KEYS 1 pool, 2 gate, 3 claimed (hash: user -> lines), 4 claims (the shard's stream), 5 refused (hash: user -> reason, when),
--      6 epoch of the shard's claims, 7 requests of this minute (hash: user -> how many), 8 of the minute before, 9 of a minute that no node's clock is at
-- ARGV 1 epoch expected, 2 campaign, 3 now (ms), 4 claims a user may have, 5 requests a minute (0: any number),
--      6 'open' or why nobody may claim, 7 most entries that may wait in the stream, 8 most users remembered as refused,
--      9 seconds for which they are, 10 '1' if an empty pool means sold out, 11 valid from (ms), 12 valid until (ms),
--      13 face value, 14 the pool's number, 15... user and key of each; a key may be empty
-- An entry of the stream has one field, since each costs as much as the rest of it: its name is the version, its value
-- 'campaign pool ordinal code when from until face-value user'.
-- answers one text (clients read one faster than many), a line for each: 'claimed code when until ordinal' | 'again' with the same | 'slow seconds' | 'refused reason' | 'empty'
--      | 'backlog' | 'closed' | 'behind'
local now, limit, rate, door = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local behind = redis.call('GET', KEYS[6]) ~= ARGV[1]
local open = redis.call('HGET', KEYS[2], 'state') == 'open'
local waiting = redis.call('XLEN', KEYS[4])
local MINUTE = 60000
local over = tonumber(now) % MINUTE -- of this minute, ms
local fresh = redis.call('EXISTS', KEYS[7]) == 0
local counted = false

local function refused(user, reason)
  local known = redis.call('HLEN', KEYS[5])
  if known < tonumber(ARGV[8]) or redis.call('HEXISTS', KEYS[5], user) == 1 then
    redis.call('HSET', KEYS[5], user, reason .. ' ' .. now)
  else
    redis.call('HINCRBY', KEYS[5], ' more', 1)
  end
  if known == 0 then
    redis.call('EXPIRE', KEYS[5], ARGV[9])
  end
  return 'refused ' .. reason
end

-- Counts a request, unless the user's requests of the last minute are as many as may be: those of the calendar minute before
-- count as if they had come evenly. One hash for all: keys of their own, which end by themselves, may keep Redis from its
-- work for 25 ms ten times a second once many end.
-- answers nil, or after how many seconds to come again
local function countIn(user)
  if rate == 0 then
    return nil
  end
  local this = tonumber(redis.call('HGET', KEYS[7], user) or 0)
  local before = tonumber(redis.call('HGET', KEYS[8], user) or 0)
  if this + math.floor(before * (MINUTE - over) / MINUTE + 0.5) < rate then
    redis.call('HINCRBY', KEYS[7], user, 1)
    counted = true
    return nil
  end
  -- once few enough of them count any more: of the minute before, or, early in the next one, of this
  local at = this < rate and MINUTE * (1 - (rate - this - 0.5) / before) or MINUTE * (2 - (rate - 0.5) / this)
  return math.max(1, math.ceil((at - over + 1) / 1000))
end

-- A request that is to come again, by our own word, does not count.
local function again(user, answer)
  if rate > 0 then
    redis.call('HINCRBY', KEYS[7], user, -1)
  end
  return answer
end

local function claim(user, key)
  local lines = redis.call('HGET', KEYS[3], user) or ''
  local n, last = 0, 0 -- lines may be missing in between: what was taken away keeps its number
  for code, at, till, ordinal, of in string.gmatch(lines, '(%S+) (%S+) (%S+) (%S+) ([^\n]*)\n') do
    n, last = n + 1, math.max(last, tonumber(ordinal))
    if limit == 1 or (key ~= '' and of == key) then
      return table.concat({'again', code, at, till, ordinal}, ' ')
    end
  end
  local wait = countIn(user)
  if wait then
    if redis.call('HEXISTS', KEYS[5], user) == 0 then -- a reason that was told before says more
      refused(user, 'too-fast')
    end
    return 'slow ' .. wait
  end
  if door ~= 'open' then
    return refused(user, door)
  end
  if n >= limit then
    return refused(user, 'limit')
  end
  if not open then
    return again(user, 'closed')
  end
  if waiting >= tonumber(ARGV[7]) then
    return again(user, 'backlog')
  end
  local code = redis.call('LINDEX', KEYS[1], 0)
  if not code then
    if ARGV[10] == '1' then
      return refused(user, 'sold-out')
    end
    return again(user, 'empty') -- once codes were looked for
  end
  local ordinal = string.format('%d', last + 1)
  redis.call('HSET', KEYS[3], user,
    table.concat({lines, code, ' ', now, ' ', ARGV[12], ' ', ordinal, ' ', key, '\n'}))
  redis.call('XADD', KEYS[4], '*', '1', table.concat({ARGV[2], ARGV[14], ordinal, code, now, ARGV[11], ARGV[12], ARGV[13], user}, ' '))
  redis.call('LPOP', KEYS[1])
  waiting = waiting + 1
  return table.concat({'claimed', code, now, ARGV[12], ordinal}, ' ')
end

local answers = {}
for i = 15, #ARGV, 2 do
  local at = #answers + 1
  answers[at] = behind and 'behind' or claim(ARGV[i], ARGV[i + 1])
end
if fresh and counted then
  redis.call('EXPIRE', KEYS[7], 360)
  redis.call('UNLINK', KEYS[9]) -- now, beside the work: to expire it would take tens of ms
end
return table.concat(answers, '\n')
