-- A server that hangs keeps its lock: the others count its beats.
ALTER TABLE workers ADD COLUMN IF NOT EXISTS beat bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN workers.beat IS 'Grows with every sign of life; who shows none for the time of a lease loses the row, and with it what it holds.';
