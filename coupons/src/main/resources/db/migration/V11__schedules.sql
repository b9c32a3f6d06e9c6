-- Jobs by the clock.

CREATE TABLE schedule (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  job          text COLLATE "C" NOT NULL,
  parameters   text[] NOT NULL,            -- key=value, as typed
  cron         text NOT NULL,
  zone         text NOT NULL,
  misfire      text COLLATE "C" NOT NULL CHECK (misfire IN ('EACH', 'ONCE', 'SKIP')),
  overlap      text COLLATE "C" NOT NULL CHECK (overlap IN ('QUEUE', 'SKIP')),
  paused       boolean NOT NULL DEFAULT false,
  -- every time that it was due up to then is on record as a fire
  last_planned timestamptz NOT NULL,
  created_at   timestamptz NOT NULL,
  created_by   text NOT NULL
);

-- A time at which a schedule was due, and what became of it. The row is written together with last_planned: each time is
-- planned once, whoever looks and however often.
CREATE TABLE schedule_fire (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  schedule_id bigint NOT NULL REFERENCES schedule ON DELETE CASCADE,
  planned_at  timestamptz NOT NULL,
  state       text COLLATE "C" NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'DONE', 'STOPPED', 'FAILED', 'REFUSED', 'SKIPPED')),
  reason      text,                        -- why it was skipped, waits, or did not end well
  run_id      bigint REFERENCES run ON DELETE SET NULL,
  owner       text,
  attempts    int NOT NULL DEFAULT 0,
  failures    int NOT NULL DEFAULT 0,      -- attempts that came to nothing
  lease_until timestamptz,                 -- of the node that runs it, by the clock of the database
  not_before  timestamptz NOT NULL,        -- by that clock too
  ended_at    timestamptz,
  UNIQUE (schedule_id, planned_at)         -- one run per schedule and planned time
);
CREATE INDEX schedule_fire_open ON schedule_fire (planned_at) WHERE state IN ('PENDING', 'RUNNING');  -- what is to be run next
CREATE UNIQUE INDEX schedule_fire_running ON schedule_fire (schedule_id) WHERE state = 'RUNNING';    -- one at a time

CREATE INDEX schedule_fire_run ON schedule_fire (run_id) WHERE run_id IS NOT NULL;  -- a run that is purged is no fire's

-- Which request a run belongs to. Whoever runs a fire after another node died finds what that one has begun, and one that
-- was frozen and wakes up cannot begin it a second time.
ALTER TABLE run ADD COLUMN request_id text COLLATE "C";
CREATE UNIQUE INDEX run_fire ON run (request_id, job, subject) WHERE request_id LIKE 'fire-%';

-- Runs that failed are told to whoever asked to be told. Those that failed before this are not.
ALTER TABLE run
  ADD COLUMN told_at    timestamptz,
  ADD COLUMN tell_tries int NOT NULL DEFAULT 0,
  ADD COLUMN tell_after timestamptz;
UPDATE run SET told_at = now() WHERE state = 'FAILED';
CREATE INDEX run_untold ON run (ended_at) WHERE state = 'FAILED' AND told_at IS NULL;  -- what is yet to be told

-- A node that ends asks its own runs to stop, for others to go on with: if it is gone before they have, they are as dead as any.
ALTER TABLE run ADD COLUMN handed_over boolean NOT NULL DEFAULT false;
