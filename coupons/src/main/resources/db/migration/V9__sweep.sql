-- Coupons past their end.

-- Marks those of some pages of a partition as expired. By pages, not by an index: one on the end of coupons would be paid
-- for with each of them, and each change of a status would have to be put into it.
CREATE FUNCTION expire_coupons(partition_name text, first_page bigint, last_page bigint, of_campaign bigint,
                               cutoff timestamptz, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  expired bigint;
BEGIN
  EXECUTE format('UPDATE %I SET status = ''EXPIRED'', updated_at = $1
                  WHERE ctid >= $2 AND ctid < $3 AND status = ''ISSUED'' AND valid_to <= $4
                    AND ($5 IS NULL OR campaign_id = $5)', partition_name)
    USING at, format('(%s,0)', first_page)::tid, format('(%s,0)', last_page + 1)::tid, cutoff, of_campaign;
  GET DIAGNOSTICS expired = ROW_COUNT;
  RETURN expired;
END $$;
