-- Templates, campaigns, code ranges, coupons. Text keys are COLLATE "C": byte order, the same on every installation.

-- One row: what must not change under a running installation. A node with other settings refuses to start.
CREATE TABLE installation (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  shards     smallint NOT NULL CHECK (shards BETWEEN 1 AND 64),
  created_at timestamptz NOT NULL
);

CREATE TABLE template (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  created_at timestamptz NOT NULL
);

-- What a coupon is worth and where it may be used. Amounts are minor units of the currency, percentages basis points.
CREATE TABLE template_version (
  template_id  bigint NOT NULL REFERENCES template,
  version      int NOT NULL CHECK (version > 0),
  title        text NOT NULL,
  description  text,
  currency     text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount       bigint CHECK (amount > 0),
  basis_points int CHECK (basis_points BETWEEN 1 AND 10000),
  cap          bigint CHECK (cap > 0),
  threshold    bigint NOT NULL CHECK (threshold >= 0),
  platforms    text[] NOT NULL,
  regions      text[] NOT NULL,
  categories   text[] NOT NULL,
  created_at   timestamptz NOT NULL,
  created_by   text NOT NULL,
  PRIMARY KEY (template_id, version),
  CONSTRAINT one_benefit CHECK (
    (amount IS NOT NULL AND basis_points IS NULL AND cap IS NULL AND threshold >= amount)
    OR (amount IS NULL AND basis_points IS NOT NULL AND cap IS NOT NULL))
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows never change; add a new one', TG_TABLE_NAME;
END $$;

CREATE TRIGGER template_version_immutable BEFORE UPDATE OR DELETE ON template_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE campaign (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name             text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title            text NOT NULL,
  business         text COLLATE "C" NOT NULL CHECK (business ~ '^[A-Z][A-Z0-9]{1,11}$'),
  template_id      bigint NOT NULL,
  template_version int NOT NULL,
  code_format      text COLLATE "C" NOT NULL CHECK (code_format IN ('SEQUENTIAL', 'OPAQUE')),
  stock            bigint NOT NULL CHECK (stock > 0),
  generated        bigint NOT NULL DEFAULT 0,
  voided           bigint NOT NULL DEFAULT 0 CHECK (voided >= 0),
  zone             text NOT NULL,
  opens_at         timestamptz NOT NULL,
  closes_at        timestamptz NOT NULL,
  valid_from       timestamptz,
  valid_to         timestamptz,
  valid_days       int CHECK (valid_days > 0),
  claim_limit      int NOT NULL CHECK (claim_limit >= 0),
  budget           bigint CHECK (budget > 0),
  user_id_pattern  text,
  status           text COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED', 'ENDED')),
  created_at       timestamptz NOT NULL,
  created_by       text NOT NULL,
  FOREIGN KEY (template_id, template_version) REFERENCES template_version,
  CONSTRAINT window_is_one CHECK (opens_at < closes_at),
  CONSTRAINT one_validity CHECK (
    (valid_days IS NULL AND valid_from < valid_to AND valid_from IS NOT NULL)
    OR (valid_days IS NOT NULL AND valid_from IS NULL AND valid_to IS NULL)),
  -- invariant 1: codes that may still become coupons never outnumber the stock
  CONSTRAINT within_stock CHECK (generated - voided BETWEEN 0 AND stock)
);

-- The next free serial of a prefix and date. Campaigns that share a prefix draw from the same row.
CREATE TABLE code_sequence (
  prefix      text COLLATE "C" NOT NULL,
  date        date NOT NULL,
  next_serial bigint NOT NULL CHECK (next_serial > 0),
  key_fingerprint text,       -- opaque codes of a prefix and date are unique only if made with one key
  PRIMARY KEY (prefix, date)
);

-- Serials given to one campaign by one run of generate-codes; ranges of a prefix and date never overlap.
CREATE TABLE code_range (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  prefix       text COLLATE "C" NOT NULL,
  date         date NOT NULL,
  first_serial bigint NOT NULL,
  last_serial  bigint NOT NULL,
  campaign_id  bigint NOT NULL REFERENCES campaign,
  code_format  text COLLATE "C" NOT NULL,
  run_id       bigint NOT NULL UNIQUE,
  state        text COLLATE "C" NOT NULL CHECK (state IN ('GENERATING', 'READY', 'VOID')),
  created_at   timestamptz NOT NULL,
  CHECK (first_serial <= last_serial),
  UNIQUE (prefix, date, first_serial)          -- which campaign does a code name: the range below its serial
);
CREATE INDEX code_range_campaign ON code_range (campaign_id);  -- reconcile, rebuild and end walk a campaign's ranges

CREATE TABLE coupon (
  code        text COLLATE "C" NOT NULL,
  campaign_id bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL,
  source_kind text COLLATE "C" NOT NULL CHECK (source_kind IN ('GRANT', 'CLAIM', 'SINGLE')),
  source_id   bigint NOT NULL,
  ordinal     int NOT NULL,
  status      text COLLATE "C" NOT NULL CHECK (status IN ('ISSUED', 'LOCKED', 'REDEEMED', 'EXPIRED', 'REVOKED')),
  issued_at   timestamptz NOT NULL,
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz NOT NULL,
  face_value  bigint NOT NULL,
  order_id    text,
  updated_at  timestamptz NOT NULL,
  -- invariant 2 (ranges never overlap, so a code names its campaign); "show coupon CODE"
  CONSTRAINT coupon_code UNIQUE (campaign_id, code),
  -- invariants 3 and 4; "the coupons of this user"
  CONSTRAINT coupon_source UNIQUE (user_id, campaign_id, source_kind, source_id, ordinal)
) PARTITION BY RANGE (campaign_id);

-- A partition holds 50 campaigns. A table of its own, then ATTACH: inserts that are open elsewhere are not stalled.
CREATE FUNCTION ensure_coupon_partition(campaign bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lower_bound bigint := campaign / 50 * 50;
  partition_name text := 'coupon_' || lower_bound;
BEGIN
  PERFORM set_config('lock_timeout', '5s', true);
  PERFORM pg_advisory_xact_lock(hashtext('ensure_coupon_partition'));
  IF to_regclass(partition_name) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE coupon INCLUDING ALL)', partition_name);
  EXECUTE format('ALTER TABLE coupon ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                 partition_name, lower_bound, lower_bound + 50);
END $$;
