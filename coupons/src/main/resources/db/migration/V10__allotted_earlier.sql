-- Codes of a grant that an earlier grant of the campaign has, too. PostgreSQL takes an array for ten codes, and a few of them
-- for one row: it would compare each code with each, minutes for tens of thousands.
CREATE FUNCTION allotted_earlier(of_grant bigint, of_campaign bigint, most int)
  RETURNS TABLE (shard smallint, block_no int, place bigint, code text)
  LANGUAGE sql STABLE SET enable_nestloop = off SET enable_material = off AS $$
  WITH mine AS MATERIALIZED (
    SELECT u.shard, u.block_no, u.place, u.code FROM unissued_code u WHERE u.grant_id = of_grant),
  earlier AS MATERIALIZED (
    SELECT o.code FROM allotment o JOIN coupon_grant g ON g.id = o.grant_id
    WHERE g.campaign_id = of_campaign AND o.grant_id < of_grant)
  SELECT m.shard, m.block_no, m.place, m.code FROM mine m
  WHERE m.code IN (SELECT e.code FROM earlier e) ORDER BY 1, 2, 3 LIMIT most
$$;
