-- Coupons that left the table for the object store.

-- An object with coupons of one campaign. It is on record before it is uploaded, so none is in the store that is not listed.
CREATE SEQUENCE archive_object_id;
CREATE TABLE archive_object (
  id             bigint PRIMARY KEY,
  run_id         bigint NOT NULL,                    -- of archive-coupons
  campaign_id    bigint NOT NULL REFERENCES campaign,
  part           text COLLATE "C" NOT NULL,          -- the pages of the coupon table from which it was read
  object_key     text COLLATE "C" NOT NULL UNIQUE,   -- with the SHA-256 of its bytes, and its id: a name is never used twice
  -- PENDING: perhaps in the store. VERIFIED: read back; its coupons are in the table yet. ARCHIVED: they are not any more.
  -- ABANDONED: its coupons stay in the table, and it is removed.
  state          text COLLATE "C" NOT NULL CHECK (state IN ('PENDING', 'VERIFIED', 'ARCHIVED', 'ABANDONED')),
  -- the file of the partition then: if it is another one, the table was written anew, and pages have other coupons
  filenode       bigint NOT NULL,
  cutoff         timestamptz NOT NULL,               -- what has changed since then was not exported
  bytes          bigint NOT NULL,
  coupons        bigint NOT NULL CHECK (coupons > 0),
  content        text COLLATE "C" NOT NULL,          -- a sum over all fields of all coupons, in any order
  archived       bigint NOT NULL DEFAULT 0 CHECK (archived BETWEEN 0 AND coupons),  -- those that are not in the table again
  restored       bigint NOT NULL DEFAULT 0 CHECK (restored BETWEEN 0 AND coupons),  -- those that are, until some time
  first_user     text COLLATE "C" NOT NULL,
  last_user      text COLLATE "C" NOT NULL,
  first_issued   timestamptz NOT NULL,
  last_issued    timestamptz NOT NULL,
  first_updated  timestamptz NOT NULL,
  last_updated   timestamptz NOT NULL,
  created_at     timestamptz NOT NULL
);
CREATE INDEX archive_object_campaign ON archive_object (campaign_id);  -- "the archive of this campaign"
CREATE INDEX archive_object_open ON archive_object (run_id) WHERE state <> 'ARCHIVED';  -- what a run has yet to do, or left

-- Which serials of a range are archived, and where: 65,536 of them a row, a bit each, the lowest first. They are used for
-- ever. The bits of coupons that were restored are 0 as long as those are in the table.
CREATE TABLE archived_codes (
  range_id  bigint NOT NULL REFERENCES code_range,
  block     int NOT NULL CHECK (block >= 0),
  object_id bigint NOT NULL REFERENCES archive_object ON DELETE CASCADE,
  bits      bytea NOT NULL,
  PRIMARY KEY (range_id, block, object_id)       -- "is this code archived"
);
CREATE INDEX archived_codes_object ON archived_codes (object_id);  -- "which of this object are in the table again"

-- Coupons of a campaign that are archived, and not restored.
ALTER TABLE campaign ADD COLUMN archived bigint NOT NULL DEFAULT 0 CHECK (archived >= 0);

-- Whence and until when a coupon is in the table again. NULL costs nothing.
ALTER TABLE coupon ADD COLUMN restored_from bigint, ADD COLUMN restored_until timestamptz;
CREATE INDEX coupon_restored ON coupon (campaign_id, restored_from) WHERE restored_from IS NOT NULL;  -- whose time has passed
