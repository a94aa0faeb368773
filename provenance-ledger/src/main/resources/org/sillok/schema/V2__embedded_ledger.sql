-- The embedded ledger. H2 and PostgreSQL run the same statements.

-- One row: the newest block. Whoever writes locks it, and changes it only from what was read.
CREATE TABLE IF NOT EXISTS sillok_ledger_head (
  id           INTEGER NOT NULL PRIMARY KEY,
  block_number BIGINT  NOT NULL,
  block_hash   BYTEA   NOT NULL,
  block_time   TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Signed blocks as they can be carried away; the hashes are there to be looked up by.
CREATE TABLE IF NOT EXISTS sillok_ledger_block (
  block_number     BIGINT          NOT NULL PRIMARY KEY,
  block_hash       BYTEA           NOT NULL,
  transaction_hash BYTEA           NOT NULL UNIQUE,
  signed_block     VARCHAR(1000000) NOT NULL
);

-- What the blocks come to: items by key, as canonical JSON. Replaying the blocks gives the same rows.
CREATE TABLE IF NOT EXISTS sillok_ledger_hospital (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
CREATE TABLE IF NOT EXISTS sillok_ledger_proposal (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
CREATE TABLE IF NOT EXISTS sillok_ledger_log (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
CREATE TABLE IF NOT EXISTS sillok_ledger_checkpoint (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
CREATE TABLE IF NOT EXISTS sillok_ledger_consent (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
CREATE TABLE IF NOT EXISTS sillok_ledger_patient_key (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
CREATE TABLE IF NOT EXISTS sillok_ledger_emergency (
  item VARCHAR(200) NOT NULL PRIMARY KEY,
  body VARCHAR(100000) NOT NULL
);
