-- Grants, their lists, the codes allotted to them; runs with leases and tokens; the audit trail.

CREATE TABLE coupon_grant (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign_id     bigint NOT NULL REFERENCES campaign,
  quantity        int NOT NULL CHECK (quantity BETWEEN 1 AND 1000),
  skip_holders    boolean NOT NULL,
  max_rejects     int NOT NULL CHECK (max_rejects BETWEEN 0 AND 10000),  -- basis points of the rows read
  generate        boolean NOT NULL,
  -- SHA-256 over campaign, files' SHA-256, sheets, column and quantity: the same list is not granted twice unseen
  identity        text COLLATE "C" NOT NULL,
  again           boolean NOT NULL,
  dry_run         boolean NOT NULL,   -- only a check was asked for so far: a restart does not issue
  state           text COLLATE "C" NOT NULL CHECK (state IN
                    ('RECEIVED', 'CHECKED', 'APPROVED', 'RUNNING', 'DONE', 'STOPPED', 'FAILED', 'REFUSED', 'REVOKED')),
  row_count       bigint,
  recipients      bigint,
  rejected        bigint,
  duplicates      bigint,
  holders         bigint,
  issued          bigint NOT NULL DEFAULT 0,
  face_value      bigint NOT NULL,
  refusal_code    text,
  refusal_args    text[],
  report_key      text,
  created_at      timestamptz NOT NULL,
  created_by      text NOT NULL,
  finished_at     timestamptz
);
-- "was this list granted before?", and two launches of the same list at once
CREATE UNIQUE INDEX coupon_grant_identity ON coupon_grant (identity)
  WHERE state NOT IN ('REFUSED', 'REVOKED') AND NOT again;
CREATE INDEX coupon_grant_campaign ON coupon_grant (campaign_id);  -- "grants of this campaign", pause stops them

-- One sheet of one file. Several make one grant: a sheet ends at 1,048,576 rows.
CREATE TABLE grant_source (
  grant_id   bigint NOT NULL REFERENCES coupon_grant,
  source_no  smallint NOT NULL CHECK (source_no > 0),
  file_name  text NOT NULL,
  sha256     text COLLATE "C" NOT NULL,
  bytes      bigint NOT NULL,
  object_key text NOT NULL,
  sheet      text,            -- as asked for; null: the only one
  id_column  text,            -- as asked for; null: found by its header
  header     text[],          -- as read
  rows       bigint,          -- as read; null while staging has not reached the end
  PRIMARY KEY (grant_id, source_no)
);

-- Until all rows of a grant have been seen they wait in a table of its own, staged_grant_42, made and dropped by the job.

CREATE TABLE recipient (
  grant_id  bigint NOT NULL,
  seq       bigint NOT NULL,
  source_no smallint NOT NULL,
  row_no    int NOT NULL,
  user_id   text COLLATE "C" NOT NULL,
  PRIMARY KEY (grant_id, seq)           -- issue reads by keyset, in user order
);

CREATE TABLE reject (
  grant_id  bigint NOT NULL,
  source_no smallint NOT NULL,
  row_no    int NOT NULL,
  raw       text NOT NULL,
  reason    text COLLATE "C" NOT NULL,  -- a message code
  arguments text[] NOT NULL,
  cells     text[] NOT NULL,
  PRIMARY KEY (grant_id, source_no, row_no)  -- the report reads in file order
);

-- Codes that left the pools for a grant, a row for each block that a shard gave. Position is the code's place among all
-- codes of the grant; recipient seq takes the positions (seq - 1) * quantity + 1 to seq * quantity.
CREATE TABLE allotment_block (
  grant_id       bigint NOT NULL REFERENCES coupon_grant,
  shard          smallint NOT NULL,
  block_no       int NOT NULL,
  first_position bigint,
  last_position  bigint,
  given_back     boolean NOT NULL DEFAULT false,  -- its codes go back to the pool: they do not count any more
  codes          text[] COLLATE "C" NOT NULL,
  PRIMARY KEY (grant_id, shard, block_no)
);
-- Codes hardly compress and are read once: do not try.
ALTER TABLE allotment_block ALTER COLUMN codes SET STORAGE EXTERNAL;

CREATE VIEW allotment AS
  SELECT b.grant_id, b.first_position + c.place - 1 AS position, c.code, b.shard, b.block_no, c.place
  FROM allotment_block b, unnest(b.codes) WITH ORDINALITY AS c (code, place)
  WHERE NOT b.given_back;

CREATE TABLE run (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job               text COLLATE "C" NOT NULL,
  subject           text COLLATE "C" NOT NULL,   -- what it works on, as in "grant 42" or "campaign summer"
  parameters        text NOT NULL,
  cause             text NOT NULL,               -- who or what started it
  state             text COLLATE "C" NOT NULL CHECK (state IN ('RUNNING', 'STOPPING', 'STOPPED', 'DONE', 'FAILED', 'REFUSED')),
  owner             text NOT NULL,               -- host and process of the node that runs it
  attempts          int NOT NULL DEFAULT 1,
  lease_until       timestamptz NOT NULL,        -- by the clock of the database, the one that all nodes share
  phase             text COLLATE "C" NOT NULL DEFAULT 'starting',
  done              bigint NOT NULL DEFAULT 0,
  total             bigint NOT NULL DEFAULT 0,
  partitions_done   int NOT NULL DEFAULT 0,
  partitions        int NOT NULL DEFAULT 0,
  phase_started_at  timestamptz,
  message           text,                        -- why it failed or was refused
  batch_execution   bigint,
  started_at        timestamptz NOT NULL,
  ended_at          timestamptz
);
CREATE UNIQUE INDEX run_once ON run (job, subject) WHERE state IN ('RUNNING', 'STOPPING');  -- two launches at once
CREATE INDEX run_subject ON run (subject, id);   -- "the last run of grant 42"

-- A row of its own, so that heartbeats never wait for chunks.
CREATE TABLE run_token (
  run_id bigint PRIMARY KEY REFERENCES run ON DELETE CASCADE,
  token  bigint NOT NULL
);

CREATE TABLE audit (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  actor      text NOT NULL,
  origin     text NOT NULL,
  request_id text NOT NULL,
  what       text COLLATE "C" NOT NULL,
  subject    text COLLATE "C" NOT NULL,
  before     jsonb,
  after      jsonb
);
CREATE INDEX audit_subject ON audit (subject, id);   -- "what happened to this campaign"

CREATE TRIGGER audit_immutable BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Right after a large grant the planner knows nothing of it, and would look for each user through the whole campaign.
CREATE FUNCTION analyze_coupons(campaign bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ANALYZE %I', 'coupon_' || campaign / 50 * 50);
END $$;
