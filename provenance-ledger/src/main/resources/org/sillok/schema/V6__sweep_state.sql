-- How far the audit of the whole log is, and the mark of the server that wrote the row: over everything that a walk goes on from.
ALTER TABLE sillok_sweep ADD COLUMN IF NOT EXISTS audit VARCHAR(5000) DEFAULT '' NOT NULL;
ALTER TABLE sillok_sweep ADD COLUMN IF NOT EXISTS mac BYTEA;
