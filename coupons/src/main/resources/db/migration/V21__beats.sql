-- How far Redis has counted, a shard at a time: nodes count there once a second, and put on record here what came of it. A Redis
-- that is behind has lost something, whatever it was.
CREATE TABLE claim_beat (
  shard int PRIMARY KEY,
  beat  bigint NOT NULL
);

-- Codes that claims were answered with and that are void: nobody gets them any more.
CREATE INDEX claim_conflict_void ON claim_conflict (campaign_id, code) WHERE voided;
