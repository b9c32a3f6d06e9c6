-- The end of a campaign's coupons may be moved to an earlier day; those that are issued keep the one they have.
ALTER TABLE campaign ADD COLUMN latest_end timestamptz;  -- the latest that it was before the last edit; null if there was none
