-- Ends entries that PostgreSQL has: they neither wait nor count as backlog any more.
-- KEYS 1 claims (the shard's stream)
-- ARGV 1 group, 2... entries
-- answers {how many there were}
redis.call('XACK', KEYS[1], unpack(ARGV))
return {string.format('%d', redis.call('XDEL', KEYS[1], unpack(ARGV, 2)))}
