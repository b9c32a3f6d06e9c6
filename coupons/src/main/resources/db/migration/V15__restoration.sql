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
