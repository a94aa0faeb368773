-- H2 alone: otherwise it writes its file at every 32nd entry, in the middle of whatever transaction comes to it. All sessions draw from one
-- store of numbers, so they stay in order; PostgreSQL would give each session a store of its own.
ALTER TABLE sillok_entry ALTER COLUMN id SET CACHE 1000;
