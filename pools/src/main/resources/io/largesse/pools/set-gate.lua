-- Sets a campaign's gate in this shard. The higher epoch wins, and of equal ones the closed gate: whatever order the
-- requests arrive in, all shards end alike, and a late repetition changes nothing.
-- KEYS 1 gate (hash: state, epoch)
-- ARGV 1 state, open or closed, 2 epoch
-- answers {state, epoch} that stand now
local now = redis.call('HMGET', KEYS[1], 'state', 'epoch')
local epoch, asked = tonumber(now[2] or '0'), tonumber(ARGV[2])
if asked > epoch or (asked == epoch and ARGV[1] == 'closed') then
  redis.call('HSET', KEYS[1], 'state', ARGV[1], 'epoch', ARGV[2])
  return {ARGV[1], ARGV[2]}
end
return {now[1] or 'closed', string.format('%d', epoch)}
