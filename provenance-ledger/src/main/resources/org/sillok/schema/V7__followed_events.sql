-- Followed events by their place in the chain: whose transaction emitted them is only what a node said. What was
-- followed so far is followed again, from the block with the contracts.
DROP TABLE IF EXISTS sillok_chain_event;
DELETE FROM sillok_chain_cursor;

-- "item" is what an event is about: a log ("seoul/1", with the head's size as its number), otherwise its first two
-- indexed fields in hexadecimal (hospital and consent, hospital and key, number of a proposal and hospital).
CREATE TABLE IF NOT EXISTS sillok_chain_event (
  block_number     BIGINT       NOT NULL,
  log_index        INTEGER      NOT NULL,
  block_hash       BYTEA        NOT NULL,
  block_time       TIMESTAMP WITH TIME ZONE NOT NULL,
  transaction_hash BYTEA        NOT NULL,
  contract         VARCHAR(42)  NOT NULL,
  topics           VARCHAR(300) NOT NULL,
  data             BYTEA        NOT NULL,
  kind             VARCHAR(40)  NOT NULL,
  item             VARCHAR(130) NOT NULL,
  item_number      BIGINT       NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
CREATE INDEX IF NOT EXISTS sillok_chain_event_transaction ON sillok_chain_event (transaction_hash);
CREATE INDEX IF NOT EXISTS sillok_chain_event_item ON sillok_chain_event (kind, item, item_number);
CREATE INDEX IF NOT EXISTS sillok_chain_transaction_created ON sillok_chain_transaction (created);
