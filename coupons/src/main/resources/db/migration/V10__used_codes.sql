-- Codes of a grant that somebody has already. PostgreSQL takes an array for ten codes, and a table that has grown just now for
-- an empty one: left to itself it may compare each code with each, minutes for tens of thousands. These compare by hashes.

-- Those that are coupons, of whomever.
CREATE FUNCTION issued_codes(of_grant bigint, of_campaign bigint, most int)
  RETURNS TABLE (shard smallint, block_no int, place bigint, code text)
  LANGUAGE sql STABLE SET enable_nestloop = off SET enable_mergejoin = off AS $$
  WITH mine AS MATERIALIZED (
    SELECT u.shard, u.block_no, u.place, u.code FROM unissued_code u WHERE u.grant_id = of_grant)
  SELECT m.shard, m.block_no, m.place, m.code FROM mine m
  JOIN coupon c ON c.campaign_id = of_campaign AND c.code = m.code ORDER BY 1, 2, 3 LIMIT most
$$;

-- Whether there are any, for a grant that has issued nothing.
CREATE FUNCTION any_issued(of_grant bigint, of_campaign bigint) RETURNS boolean
  LANGUAGE sql STABLE SET enable_nestloop = off SET enable_mergejoin = off AS $$
  WITH mine AS MATERIALIZED (
    SELECT u.code FROM allotment_block b CROSS JOIN LATERAL unnest(b.codes) AS u (code)
    WHERE b.grant_id = of_grant AND NOT b.given_back)
  SELECT count(*) > 0 FROM mine m JOIN coupon c ON c.campaign_id = of_campaign AND c.code = m.code
$$;

-- Those that an earlier grant of the campaign has, too.
CREATE FUNCTION allotted_earlier(of_grant bigint, of_campaign bigint, most int)
  RETURNS TABLE (shard smallint, block_no int, place bigint, code text)
  LANGUAGE sql STABLE SET enable_nestloop = off SET enable_mergejoin = off AS $$
  WITH mine AS MATERIALIZED (
    SELECT u.shard, u.block_no, u.place, u.code FROM unissued_code u WHERE u.grant_id = of_grant),
  earlier AS MATERIALIZED (
    SELECT o.code FROM allotment o JOIN coupon_grant g ON g.id = o.grant_id
    WHERE g.campaign_id = of_campaign AND o.grant_id < of_grant)
  SELECT m.shard, m.block_no, m.place, m.code FROM mine m
  WHERE m.code IN (SELECT e.code FROM earlier e) ORDER BY 1, 2, 3 LIMIT most
$$;
