-- What the sweep found wrong, numbered from 1 without a gap by the servers, which count outside of the database. Nothing in a row closes a finding:
-- only a review in the log does. The mac is over all other columns. What the table held before is found again.
DROP TABLE IF EXISTS sillok_finding;
CREATE TABLE IF NOT EXISTS sillok_finding (
  id            BIGINT        NOT NULL PRIMARY KEY,
  step          VARCHAR(40)   NOT NULL,
  subject       VARCHAR(200)  NOT NULL,
  resource_type VARCHAR(40),
  resource_id   VARCHAR(64),
  version       BIGINT,
  detail        VARCHAR(1000) NOT NULL,
  first_seen    TIMESTAMP WITH TIME ZONE NOT NULL,
  last_seen     TIMESTAMP WITH TIME ZONE NOT NULL,
  mac           BYTEA         NOT NULL
);
CREATE INDEX IF NOT EXISTS sillok_finding_subject ON sillok_finding (subject, step);
