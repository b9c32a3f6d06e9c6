-- Whoever asked to be told of runs that failed hears as well of those that nobody works on any more, and of times of
-- schedules that came to no run or were refused. Those that ended before this are not told.

DROP INDEX run_untold;
CREATE INDEX run_untold ON run (id) WHERE told_at IS NULL AND state IN ('RUNNING', 'STOPPING', 'FAILED');  -- what is yet to be told

ALTER TABLE schedule_fire
  ADD COLUMN told_at    timestamptz,
  ADD COLUMN tell_tries int NOT NULL DEFAULT 0,
  ADD COLUMN tell_after timestamptz;
UPDATE schedule_fire SET told_at = now() WHERE state IN ('FAILED', 'REFUSED');
CREATE INDEX schedule_fire_untold ON schedule_fire (id) WHERE told_at IS NULL AND state IN ('FAILED', 'REFUSED');
