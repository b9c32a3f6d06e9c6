-- A PostgreSQL that is restored to an older moment: what is made after that must be new to Redis and to users, who know more.

-- Numbers in Redis are the time in microseconds, those of a new campaign too: its id may be one that Redis knows already.
-- The ledger is where Redis keeps what users have claimed of a campaign, and why they were refused.
ALTER TABLE campaign ADD COLUMN ledger bigint UNIQUE;
UPDATE campaign SET ledger = id;
ALTER TABLE campaign ALTER COLUMN ledger SET NOT NULL;
CREATE OR REPLACE FUNCTION first_pool() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.pool := coalesce(NEW.pool, next_pool());
  NEW.ledger := coalesce(NEW.ledger, NEW.pool);
  RETURN NEW;
END $$;

DROP TRIGGER campaign_told ON campaign;
CREATE TRIGGER campaign_told
  AFTER INSERT OR UPDATE OF stock, opens_at, closes_at, valid_to, claim_limit, status, pool, ledger ON campaign
  FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes();

-- Once for each time that somebody says that PostgreSQL was restored.
CREATE TABLE restoration (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL,
  last_date    date NOT NULL,    -- codes of dates up to this one may have been made that nobody remembers
  first_serial bigint NOT NULL   -- of these dates: those below may be somebody's
);

-- The first serial of a date that is certainly nobody's, of whatever prefix: whoever made codes may be forgotten as well.
CREATE FUNCTION first_serial(of_date date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(first_serial), 1) FROM restoration WHERE last_date >= of_date
$$;

-- Lists of grants that are over for long are forgotten. A grant says so first, then its list goes.
ALTER TABLE coupon_grant
  ADD COLUMN list_purged_at timestamptz,               -- nothing is answered from its list any more
  ADD COLUMN list_left boolean NOT NULL DEFAULT true;  -- rows or the report may still be there
-- Uploads in the object store; several grants may need one. Who stores one writes its row first, who removes one locks it.
CREATE TABLE upload (
  object_key text COLLATE "C" PRIMARY KEY,
  stored_at  timestamptz NOT NULL           -- last, by the clock of the database
);
INSERT INTO upload SELECT DISTINCT object_key, now() FROM grant_source;
CREATE INDEX grant_source_object ON grant_source (object_key);  -- which grants need this upload
