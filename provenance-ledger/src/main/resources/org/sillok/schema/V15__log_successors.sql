-- Where the ledger stood when the members closed a log; null while it is open. What of it is here is its tree_size.
ALTER TABLE sillok_log ADD COLUMN IF NOT EXISTS closed_size BIGINT;
ALTER TABLE sillok_log ADD COLUMN IF NOT EXISTS closed_root BYTEA;
