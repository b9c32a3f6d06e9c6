-- Room in each page for the second version of its coupons, and sweeps that make room for those who claim.

-- Nearly every coupon changes once: it is spent, taken back, or it expires. With room beside it, its new version stays in
-- its page, and no index hears of it: an UPDATE of a million takes 3 s instead of 17. Without, the new versions take as
-- many pages of their own, later, and the indexes grow as well.
CREATE OR REPLACE FUNCTION ensure_coupon_partition(campaign bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lower_bound bigint := campaign / 50 * 50;
  partition_name text := 'coupon_' || lower_bound;
BEGIN
  PERFORM set_config('lock_timeout', '5s', true);
  PERFORM pg_advisory_xact_lock(hashtext('ensure_coupon_partition'));
  IF to_regclass(partition_name) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE coupon INCLUDING ALL) WITH (fillfactor = 45)', partition_name);
  EXECUTE format('ALTER TABLE coupon ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                 partition_name, lower_bound, lower_bound + 50);
END $$;

-- Partitions that are there get it for pages to come.
DO $$
DECLARE
  partition regclass;
BEGIN
  FOR partition IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'coupon'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 45)', partition);
  END LOOP;
END $$;

-- While users claim, a sweep rests for a millisecond after every few pages: what it keeps busy otherwise, processors and
-- the log, they wait for. By the ids of written claims, which are times. With its rests a chunk of 5,000 takes some 0.1 s:
-- whoever spends one of its coupons waits for no longer.
CREATE OR REPLACE FUNCTION expire_coupons(partition_name text, first_page bigint, last_page bigint, of_campaign bigint,
                                          cutoff timestamptz, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  claimed_lately constant boolean := EXISTS (SELECT FROM claim_shard
    WHERE to_timestamp(written_millis / 1000.0) > clock_timestamp() - interval '5 seconds');
  pages constant bigint := CASE WHEN claimed_lately THEN 5 ELSE last_page - first_page + 1 END;
  changed bigint;
  expired bigint := 0;
BEGIN
  FOR page IN first_page..last_page BY pages LOOP
    EXECUTE format('UPDATE %I SET status = ''EXPIRED'', updated_at = $1
                    WHERE ctid >= $2 AND ctid < $3 AND status = ''ISSUED'' AND valid_to <= $4
                      AND ($5 IS NULL OR campaign_id = $5)', partition_name)
      USING at, format('(%s,0)', page)::tid, format('(%s,0)', least(page + pages, last_page + 1))::tid, cutoff, of_campaign;
    GET DIAGNOSTICS changed = ROW_COUNT;
    expired := expired + changed;
    IF claimed_lately AND changed > 0 THEN
      PERFORM pg_sleep(0.001);
    END IF;
  END LOOP;
  RETURN expired;
END $$;
