-- Claims: how far they are written, what nodes are told, who may ask.

-- What PostgreSQL knows of a shard's claims. Redis must have the epoch, and have given no id below the one written last:
-- else it went back in time, and the shard's claims wait until the users' counts are rebuilt.
CREATE TABLE claim_shard (
  shard            smallint PRIMARY KEY,
  epoch            bigint NOT NULL DEFAULT 1,
  written_millis   bigint NOT NULL DEFAULT 0,
  written_sequence bigint NOT NULL DEFAULT 0
);

-- Claims whose code turned out to be somebody else's, or whose user had his coupon already, by the id of their entry:
-- each is made good once.
CREATE TABLE claim_conflict (
  shard       smallint NOT NULL,
  millis      bigint NOT NULL,
  sequence    bigint NOT NULL,
  campaign_id bigint NOT NULL REFERENCES campaign,
  user_id     text COLLATE "C" NOT NULL,
  code        text COLLATE "C" NOT NULL,
  instead     text COLLATE "C" NOT NULL,  -- the code that the user has now
  voided      boolean NOT NULL,           -- nobody has the code: it is never handed out again
  at          timestamptz NOT NULL,
  PRIMARY KEY (shard, millis, sequence)
);
CREATE INDEX claim_conflict_code ON claim_conflict (campaign_id, code);  -- reconcile: what became of this code

-- Programs that ask for users, or for figures. Of a token only the digest is kept.
CREATE TABLE service_token (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  digest     text COLLATE "C" NOT NULL UNIQUE,   -- SHA-256; asked for with each request that is not in memory
  scopes     text[] NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);

-- Nodes hold campaigns, epochs and tokens in memory and are told what has changed.
CREATE FUNCTION tell_nodes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('largesse', TG_TABLE_NAME);
  RETURN NULL;
END $$;
CREATE TRIGGER campaign_told AFTER INSERT OR UPDATE OF stock, opens_at, closes_at, valid_to, claim_limit, status ON campaign
  FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes();
CREATE TRIGGER claim_shard_told AFTER INSERT OR UPDATE OF epoch ON claim_shard
  FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes();
CREATE TRIGGER service_token_told AFTER UPDATE ON service_token
  FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes();
