-- A pool that cannot be trusted is left behind whole: the campaign gets another, under another number.

-- The number of the campaign's pool in Redis; a pool that a campaign has left is never read again. The first is the
-- campaign's own number, later ones are the time in microseconds: a sequence would go back with a PostgreSQL that is
-- restored to an older moment, and name a pool that Redis has already.
CREATE FUNCTION next_pool() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;
ALTER TABLE campaign ADD COLUMN pool bigint UNIQUE;
UPDATE campaign SET pool = id;
CREATE FUNCTION first_pool() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.pool := coalesce(NEW.pool, NEW.id);
  RETURN NEW;
END $$;
CREATE TRIGGER campaign_first_pool BEFORE INSERT ON campaign FOR EACH ROW EXECUTE FUNCTION first_pool();
ALTER TABLE campaign ALTER COLUMN pool SET NOT NULL;

DROP TRIGGER campaign_told ON campaign;
CREATE TRIGGER campaign_told
  AFTER INSERT OR UPDATE OF stock, opens_at, closes_at, valid_to, claim_limit, status, pool ON campaign
  FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes();

-- Runs that move codes of a campaign. One that is alone has no other beside it, from its start until it is done.
ALTER TABLE run ADD COLUMN campaign_id bigint REFERENCES campaign, ADD COLUMN alone boolean NOT NULL DEFAULT false;
UPDATE run SET campaign_id = substring(parameters FROM 'campaign=(\d+)')::bigint WHERE job = 'generate-codes';
UPDATE run r SET campaign_id = g.campaign_id FROM coupon_grant g
  WHERE r.job IN ('issue-grant', 'revoke-grant') AND g.id = substring(r.parameters FROM 'grant=(\d+)')::bigint;
CREATE INDEX run_campaign ON run (campaign_id) WHERE state NOT IN ('DONE', 'REFUSED');  -- "may this one start beside the others"

-- Pools that campaigns have left and whose keys still stand in Redis.
CREATE TABLE left_pool (
  pool        bigint PRIMARY KEY,
  campaign_id bigint NOT NULL REFERENCES campaign
);
