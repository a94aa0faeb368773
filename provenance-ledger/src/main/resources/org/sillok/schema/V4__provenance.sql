-- How far the server has written Provenances about each log; the row is locked while it does.
CREATE TABLE IF NOT EXISTS sillok_provenance_cursor (
  log       INTEGER NOT NULL PRIMARY KEY,
  next_leaf BIGINT  NOT NULL
);

-- The Provenances that the server itself has written, by the id of the resource; always its first version.
CREATE TABLE IF NOT EXISTS sillok_provenance (
  resource_id VARCHAR(64) NOT NULL PRIMARY KEY
);

-- The public key that signs them, as a JWK; one row.
CREATE TABLE IF NOT EXISTS sillok_provenance_key (
  one    INTEGER       NOT NULL PRIMARY KEY CHECK (one = 1),
  key_id VARCHAR(64)   NOT NULL,
  jwk    VARCHAR(1000) NOT NULL
);
