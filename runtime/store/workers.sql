-- name: register
INSERT INTO workers (id, lock_key, roles, groups, slots, version, started_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7);

-- name: seen
UPDATE workers SET seen_at = $2, beat = beat + 1 WHERE id = $1 RETURNING true;

-- name: beats
SELECT id, beat FROM workers WHERE id <> $1;

-- name: evict
-- Unless it gave a sign of life meanwhile.
DELETE FROM workers WHERE id = $1 AND beat = $2 RETURNING true;

-- name: leave
DELETE FROM workers WHERE id = $1;

-- name: forget_dead
-- Of those not seen since a moment; nobody's executions name them any more.
DELETE FROM workers
WHERE
    seen_at < $1
    AND NOT EXISTS (SELECT FROM executions WHERE executions.owner = workers.id);

-- name: lock
SELECT pg_try_advisory_lock($1);

-- name: select
SELECT
    workers.id, workers.roles, workers.slots, workers.version, workers.started_at, workers.seen_at,
    NOT is_gone(workers.id, $1) AS alive, held.executions
FROM workers
CROSS JOIN LATERAL (
    SELECT count(*) AS executions FROM executions WHERE executions.owner = workers.id
) AS held
