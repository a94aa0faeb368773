-- The ledger on a Besu chain, as this hospital has followed it and written to it. H2 and PostgreSQL run the same statements.

-- One row: which ledger is followed, and up to which block.
CREATE TABLE IF NOT EXISTS sillok_chain_cursor (
  id           INTEGER      NOT NULL PRIMARY KEY,
  ledger       VARCHAR(200) NOT NULL,
  block_number BIGINT       NOT NULL,
  block_hash   BYTEA        NOT NULL,
  block_time   TIMESTAMP WITH TIME ZONE NOT NULL
);

-- The contracts' events as they were emitted; what they come to is made of them in memory.
CREATE TABLE IF NOT EXISTS sillok_chain_event (
  transaction_hash BYTEA        NOT NULL,
  log_index        INTEGER      NOT NULL,
  block_number     BIGINT       NOT NULL,
  block_hash       BYTEA        NOT NULL,
  block_time       TIMESTAMP WITH TIME ZONE NOT NULL,
  contract         VARCHAR(42)  NOT NULL,
  topics           VARCHAR(300) NOT NULL,
  data             BYTEA        NOT NULL,
  kind             VARCHAR(40)  NOT NULL,
  item             VARCHAR(60)  NOT NULL,
  item_number      BIGINT       NOT NULL,
  PRIMARY KEY (transaction_hash, log_index)
);
CREATE INDEX IF NOT EXISTS sillok_chain_event_block ON sillok_chain_event (block_number, log_index);
CREATE INDEX IF NOT EXISTS sillok_chain_event_item ON sillok_chain_event (kind, item, item_number);

-- One row for each account that sends from here: whoever takes a nonce locks it.
CREATE TABLE IF NOT EXISTS sillok_chain_sender (
  account VARCHAR(42) NOT NULL PRIMARY KEY
);

-- Signed transactions, stored before they are sent; pending ones are sent again until the chain has them.
CREATE TABLE IF NOT EXISTS sillok_chain_transaction (
  transaction_hash BYTEA       NOT NULL PRIMARY KEY,
  account          VARCHAR(42) NOT NULL,
  nonce            BIGINT      NOT NULL,
  signed           BYTEA       NOT NULL,
  lane             VARCHAR(60) NOT NULL,
  state            VARCHAR(10) NOT NULL,
  created          TIMESTAMP WITH TIME ZONE NOT NULL,
  block_number     BIGINT,
  block_hash       BYTEA
);
-- "What is in flight", asked every second, and "which nonces are taken", "the newest of a lane", asked before each sending.
CREATE INDEX IF NOT EXISTS sillok_chain_transaction_state ON sillok_chain_transaction (state, account, nonce);
CREATE INDEX IF NOT EXISTS sillok_chain_transaction_nonce ON sillok_chain_transaction (account, nonce);
