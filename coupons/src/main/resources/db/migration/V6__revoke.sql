-- Taking a grant back; why a user has something or has not; files that a process may leave behind.

-- REVOKING: coupons are being taken back. It stays so if that is stopped or dies half-way; only the same goes on then.
ALTER TABLE coupon_grant DROP CONSTRAINT coupon_grant_state_check;
ALTER TABLE coupon_grant ADD CONSTRAINT coupon_grant_state_check CHECK (state IN
  ('RECEIVED', 'CHECKED', 'APPROVED', 'RUNNING', 'DONE', 'STOPPED', 'FAILED', 'REFUSED', 'REVOKING', 'REVOKED'));

-- The place of a user among the recipients of a grant, null if he is none of them. Recipients are numbered in the order
-- of their ids, so this halves the range some twenty times, and a table of millions needs no index of its own for it.
-- Numbers may be missing.
CREATE FUNCTION recipient_seq(of_grant bigint, wanted text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low bigint := 1;
  high bigint := (SELECT max(seq) FROM recipient WHERE grant_id = of_grant);
  middle bigint;
  found_seq bigint;
  found_user text;
BEGIN
  WHILE low <= high LOOP
    middle := (low + high) / 2;
    SELECT seq, user_id INTO found_seq, found_user FROM recipient
      WHERE grant_id = of_grant AND seq >= middle ORDER BY seq LIMIT 1;
    IF found_user COLLATE "C" = wanted COLLATE "C" THEN
      RETURN found_seq;
    ELSIF found_user COLLATE "C" < wanted COLLATE "C" THEN
      low := found_seq + 1;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- What was typed in the form that user ids have (see UserId): NFKC, without spaces around it. Cut one character beyond
-- the longest id, so that an index can hold it.
CREATE FUNCTION canonical_user(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(btrim(normalize(typed, NFKC), E' \t\n\r\f\u000B\u001C\u001D\u001E\u001F\u1680\u2028\u2029\u3000'), 65)
$$;

-- "Why has this user got nothing": his rejected rows in whatever list. Rejects are few, at most a share of the rows read.
CREATE INDEX reject_user ON reject ((canonical_user(raw) COLLATE "C"));

-- A file in a work folder is put on record before it is made, and taken off when it is gone: what a dead process left
-- has a name.
CREATE TABLE work_file (
  folder   text COLLATE "C" NOT NULL,
  name     text COLLATE "C" NOT NULL,
  owner    text NOT NULL,          -- the process; its database sessions carry the same name
  grant_id bigint,                 -- null while an upload has no grant yet
  made_at  timestamptz NOT NULL DEFAULT now(),  -- by the database's clock, as leases are
  PRIMARY KEY (folder, name)       -- "what did dead processes leave in this folder"
);
