-- User lists that others put into the object store, for campaigns that take them.

-- The most coupons that one list may cost without a person. Without it the campaign takes none.
ALTER TABLE campaign ADD COLUMN inbox_most bigint CHECK (inbox_most > 0);

-- The arrivals of lists. One stands here together with its grant, in the transaction that puts that on record and before
-- anything is issued: whoever goes on after a crash goes on with the same grant.
CREATE TABLE inbox_list (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  object_key  text COLLATE "C" NOT NULL,              -- inbox/CAMPAIGN/FILE
  tag         text COLLATE "C" NOT NULL,              -- of the object when it was taken: another one is another content
  sha256      text COLLATE "C" NOT NULL,              -- of the content, which stands in the object store under it
  grant_id    bigint UNIQUE REFERENCES coupon_grant,  -- null if it was refused before it could have one
  state       text COLLATE "C" NOT NULL CHECK (state IN ('TAKEN', 'HELD', 'GRANTED', 'REFUSED')),
  reason_code text,
  reason_args text[],
  taken_at    timestamptz NOT NULL,
  moved_at    timestamptz,                            -- null while its object may stand in the inbox
  moved_to    text COLLATE "C",
  CHECK (grant_id IS NOT NULL OR state = 'REFUSED'),
  CHECK ((state = 'REFUSED') = (reason_code IS NOT NULL))
);
-- One arrival of an object at a time; and "what is to be gone on with", which is little.
CREATE UNIQUE INDEX inbox_list_open ON inbox_list (object_key) WHERE moved_at IS NULL;
