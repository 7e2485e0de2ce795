-- name: ledger
CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- name: lock
SELECT pg_advisory_lock($1);

-- name: unlock
SELECT pg_advisory_unlock($1);

-- name: applied
SELECT name, checksum FROM migrations;

-- name: note
INSERT INTO migrations (name, checksum) VALUES ($1, $2);
