-- name: take_positions
-- The row stays locked until the commit: positions follow the order of commits.
UPDATE counters SET value = value + $2 WHERE name = $1 RETURNING value;

-- name: transaction
SELECT pg_current_xact_id()::text;

-- name: fate
SELECT pg_xact_status($1::text::xid8);
