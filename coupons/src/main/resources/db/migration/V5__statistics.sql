-- Counting a table anew costs seconds once it is large; it is only worth them if it has changed by a tenth since.
CREATE OR REPLACE FUNCTION analyze_coupons(campaign bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  partition_name text := 'coupon_' || campaign / 50 * 50;
BEGIN
  IF EXISTS (SELECT FROM pg_stat_user_tables
             WHERE relid = to_regclass(partition_name) AND n_mod_since_analyze < n_live_tup / 10
               AND coalesce(last_analyze, last_autoanalyze) IS NOT NULL) THEN
    RETURN;
  END IF;
  EXECUTE format('ANALYZE %I', partition_name);
END $$;
