-- Where staging and issuing are, in the transaction of the rows themselves: the truth of what is left to do.

-- How far a source is staged: its last row that is staged or rejected, and how many there are of them.
ALTER TABLE grant_source ADD COLUMN staged_row int NOT NULL DEFAULT 0, ADD COLUMN staged_rows bigint NOT NULL DEFAULT 0;

-- A part of a grant's positions, issued in order by one worker at a time.
CREATE TABLE issue_part (
  grant_id       bigint NOT NULL REFERENCES coupon_grant,
  part           smallint NOT NULL CHECK (part > 0),
  first_position bigint NOT NULL,
  last_position  bigint NOT NULL,
  next_position  bigint NOT NULL CHECK (next_position BETWEEN first_position AND last_position + 1),
  PRIMARY KEY (grant_id, part)
);
-- Moved on with each chunk: room for the versions beside them, and no index entry for each.
ALTER TABLE issue_part SET (fillfactor = 20);

-- Grants that were being staged by a version that kept the position elsewhere: what stands in the tables tells it.
DO $$
DECLARE
  s record;
  active record;
  staged bigint;
  last_staged int;
  rejected bigint;
  last_rejected int;
BEGIN
  SELECT id, owner INTO active FROM run WHERE state IN ('RUNNING', 'STOPPING') AND lease_until > now() LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'run % of % is still working with the version before; stop it, or wait until its lease has ended, and start again',
      active.id, active.owner;
  END IF;
  FOR s IN SELECT grant_id, source_no FROM grant_source WHERE to_regclass('staged_grant_' || grant_id) IS NOT NULL LOOP
    EXECUTE format('SELECT count(*), coalesce(max(row_no), 0) FROM %I WHERE source_no = %s',
                   'staged_grant_' || s.grant_id, s.source_no) INTO staged, last_staged;
    SELECT count(*), coalesce(max(row_no), 0) INTO rejected, last_rejected
      FROM reject WHERE grant_id = s.grant_id AND source_no = s.source_no;
    UPDATE grant_source SET staged_row = greatest(last_staged, last_rejected), staged_rows = staged + rejected
      WHERE grant_id = s.grant_id AND source_no = s.source_no;
  END LOOP;
END $$;

-- Codes of a grant that are not coupons yet, by block; a block on the border of two parts is looked at for both.
CREATE VIEW unissued_code AS
  SELECT b.grant_id, b.first_position + c.place - 1 AS position, c.code, b.shard, b.block_no, c.place
  FROM issue_part p
  JOIN allotment_block b ON b.grant_id = p.grant_id AND NOT b.given_back
    AND b.first_position <= p.last_position AND b.last_position >= p.next_position
  CROSS JOIN LATERAL unnest(b.codes) WITH ORDINALITY AS c (code, place)
  WHERE b.first_position + c.place - 1 BETWEEN p.next_position AND p.last_position;
