-- Ends entries that PostgreSQL has: they neither wait nor count as backlog any more.
-- KEYS 1 claims (the shard's stream)
-- ARGV entries
-- answers {how many there were}
return {string.format('%d', redis.call('XDEL', KEYS[1], unpack(ARGV)))}
